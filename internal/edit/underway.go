package edit

// Files that are being written when the program is told to end.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// writes are the temporary files of which none may be left behind.
type writes struct {
	mu    sync.Mutex
	files map[temporary]bool
}

// temporary is a file that is to take another's place.
type temporary struct {
	root *os.Root
	name string
}

var underway writes

// Abandon removes the temporary files that are being written, and lets nothing more be written: it is for a program
// that is about to end by a signal.
func Abandon() { underway.abandon() }

func (w *writes) abandon() {
	w.mu.Lock() // for good: who waits for it writes nothing
	for t := range w.files {
		_ = t.root.Remove(t.name) // there is nobody left to tell
	}
}

// longest is how much of a file's name its neighbour's repeats, in bytes: with what comes to it, a name may have 255.
const longest = 200

// begin creates a file of that mode beside path under a name that nobody uses.
func (w *writes) begin(root *os.Root, path string, mode fs.FileMode) (temporary, *os.File, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	base := filepath.Base(path)
	if len(base) > longest {
		base = strings.ToValidUTF8(base[:longest], "")
	}
	for n := 0; ; n++ {
		t := temporary{root, filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.voipcheck-%d", base, n))}
		file, err := root.OpenFile(t.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err == nil {
			if w.files == nil {
				w.files = map[temporary]bool{}
			}
			w.files[t] = true
		}
		if err == nil || !errors.Is(err, fs.ErrExist) || n == 100 {
			return t, file, err
		}
	}
}

// end forgets a file that has taken its place, or is removed.
func (w *writes) end(t temporary) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.files, t)
}
