// Command wasm is the checker as a browser loads it: it offers the page one object of functions and waits.
package main

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"syscall/js"
	"time"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/packaging/playground/checker"
)

// version is set by the build.
var version = "(devel)"

func main() {
	// A check is short, and the collector takes turns with it on the one thread there is.
	debug.SetGCPercent(800)
	js.Global().Set("voipcheck", js.ValueOf(map[string]any{
		"version": version,
		"check": offered(func(files map[string]string, _ string, l lang.Lang) any {
			return checker.Check(files, time.Now(), version, l)
		}),
		"fix": offered(func(files map[string]string, fingerprint string, l lang.Lang) any {
			if fingerprint == "" {
				return checker.FixSafe(files, time.Now(), version, l)
			}
			return checker.FixOne(files, fingerprint, time.Now(), version, l)
		}),
	}))
	select {}
}

// offered makes a function for JavaScript, which is given an object of files by their names (bytes), a text and the language, and
// returns a promise of JSON. A check waits for a timer, which needs the event loop: so it may not run inside of the call.
func offered(answer func(files map[string]string, text string, l lang.Lang) any) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		files := taken(args[0])
		text, l := args[1].String(), lang.EN
		if args[2].String() == "zh" {
			l = lang.ZH
		}
		var work js.Func
		work = js.FuncOf(func(_ js.Value, settle []js.Value) any {
			resolve, reject := settle[0], settle[1]
			go func() {
				defer work.Release()
				defer func() {
					if failure := recover(); failure != nil {
						reject.Invoke(js.Global().Get("Error").New(fmt.Sprint(failure)))
					}
				}()
				said, err := json.Marshal(answer(files, text, l))
				if err != nil {
					reject.Invoke(js.Global().Get("Error").New(err.Error()))
					return
				}
				resolve.Invoke(string(said))
			}()
			return nil
		})
		return js.Global().Get("Promise").New(work)
	})
}

// taken copies files out of JavaScript.
func taken(object js.Value) map[string]string {
	names := js.Global().Get("Object").Call("keys", object)
	files := make(map[string]string, names.Length())
	for i := range names.Length() {
		name := names.Index(i).String()
		from := object.Get(name)
		text := make([]byte, from.Get("length").Int())
		js.CopyBytesToGo(text, from)
		files[name] = string(text)
	}
	return files
}
