package mutation

// What holds of every program: other names and unrelated code change no verdict, and the same program gives
// the same findings.

import (
	"strings"
	"testing"

	sets "github.com/voipcheck/voipcheck/internal/trial"
)

// pick makes a design, and one of the faults that apply to it or none, of any bytes.
func pick(bytes []byte) (design, *fault) {
	at := func(i int) int {
		if i < len(bytes) {
			return int(bytes[i])
		}
		return 0
	}
	d := simple()
	dims := d.dimensions()
	for i, dim := range dims {
		*dim.value = dim.of[at(i)%len(dim.of)]
	}
	faults := append(append(append(flowFaults(), togetherFaults()...), handlingFaults()...), append(valueFaults(), projectFaults()...)...)
	n := (at(len(dims))<<8 | at(len(dims)+1)) % (len(faults) + 1)
	if n == len(faults) {
		return d, nil
	}
	return d, &faults[n]
}

// twice are findings, of a program that is checked a second time and has to give the same.
func twice(t *testing.T, d design, f *fault) (out string, ok bool) {
	t.Helper()
	first, said, ok := findings(t, d, f)
	if !ok {
		return "", false
	}
	if _, again, _ := findings(t, d, f); again != said {
		t.Errorf("%+v\n%s: the same program gave first\n%s\nand then\n%s", d.sound(), named(f), said, again)
	}
	return first, true
}

// findings are the rules, reasons and functions that a design gives, whatever the names, places and lines, and all that is said of them;
// ok is false where the fault does not apply.
func findings(t *testing.T, d design, f *fault) (out, said string, ok bool) {
	t.Helper()
	p := newPlan(d)
	if f != nil && f.apply(p) == nil {
		return "", "", false
	}
	files, err := built(write(p).files, d.sound().build)
	if err != nil {
		return "", "", false
	}
	report, err := checked(files, p.unconfirmed)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range found(report) {
		line := f.Rule.ID + "/" + f.Reason
		if f.At.File != nil {
			line += " in " + f.At.File.Path
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), told(found(report)), true
}

func seeds(f *testing.F) {
	f.Helper()
	var seeds sets.Seeds
	for i := range 24 {
		seeds.Add([]byte{byte(i), byte(i * 3), byte(i * 5), byte(i * 7), byte(i * 2), byte(i), byte(i * 3), byte(i), byte(i), 0, 0, byte(i), 0, byte(i * 11)})
	}
	seeds.AddTo(f)
}

// FuzzRename: the verdict is the same whatever things are called.
func FuzzRename(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, bytes []byte) {
		d, fault := pick(bytes)
		d.names = "plain"
		want, ok := twice(t, d, fault)
		if !ok {
			t.Skip()
		}
		for _, names := range namings[1:] {
			d.names = names
			if got, _, _ := findings(t, d, fault); got != want {
				t.Errorf("%+v\n%s: as plain names\n%s\nas %s\n%s", d.sound(), named(fault), want, names, got)
			}
		}
	})
}

// FuzzUnrelatedCode: the verdict is the same whatever stands between that has nothing to do with the call, and
// whatever the handler is wrapped in that always runs it.
func FuzzUnrelatedCode(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, bytes []byte) {
		d, fault := pick(bytes)
		d.noise, d.wrap = "none", "none"
		want, ok := twice(t, d, fault)
		if !ok {
			t.Skip()
		}
		d.noise = "much"
		if got, _, _ := findings(t, d, fault); got != want {
			t.Errorf("%+v\n%s: without unrelated code\n%s\nwith it\n%s", d.sound(), named(fault), want, got)
		}
		d.noise = "none"
		if len(bytes) == 0 {
			return
		}
		d.wrap = wraps[int(bytes[0])%len(wraps)]
		if got, _, _ := findings(t, d, fault); got != want {
			t.Errorf("%+v\n%s: as it is\n%s\nwrapped\n%s", d.sound(), named(fault), want, got)
		}
	})
}

func named(f *fault) string {
	if f == nil {
		return "correct"
	}
	return f.name
}
