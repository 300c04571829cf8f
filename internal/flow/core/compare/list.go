package main

import (
	"os"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// list is what differs in the programs of a framework, as testdata keeps it. It may only shrink.
type list struct {
	file     string
	comments string
	listed   map[string]bool
}

// listOf is the list of a kind for the programs of a framework; empty where there is no file. The native programs' file is named by its kind alone.
func listOf(kind string, of miniprogram.Framework) (*list, error) {
	name := kind
	if of != miniprogram.Native {
		name += "-" + string(of)
	}
	l := &list{file: "testdata/" + name + ".txt", listed: map[string]bool{}}
	text, err := os.ReadFile(l.file)
	if err != nil {
		if os.IsNotExist(err) {
			err = nil
		}
		return l, err
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			l.comments += line
		} else {
			l.listed[strings.TrimSpace(line)] = true
		}
	}
	return l, nil
}

// lists are those of a kind for each framework that is followed.
func lists(kind string) (map[miniprogram.Framework]*list, error) {
	out := map[miniprogram.Framework]*list{}
	names := []miniprogram.Framework{miniprogram.Native}
	for _, f := range framework.Models {
		names = append(names, f.Name)
	}
	for _, name := range names {
		l, err := listOf(kind, name)
		if err != nil {
			return nil, err
		}
		out[name] = l
	}
	return out, nil
}

// listed reports whether some list has a line.
func listed(all map[miniprogram.Framework]*list, line string) bool {
	for _, l := range all {
		if l.listed[line] {
			return true
		}
	}
	return false
}

// shrink writes a list without the lines that are not found any more.
func (l *list) shrink(found map[string]bool) error {
	var kept []string
	for line := range l.listed {
		if found[line] {
			kept = append(kept, line+"\n")
		}
	}
	if len(kept) == len(l.listed) {
		return nil
	}
	slices.Sort(kept)
	return os.WriteFile(l.file, []byte(l.comments+strings.Join(kept, "")), 0o644)
}
