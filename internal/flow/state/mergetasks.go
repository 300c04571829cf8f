package state

import (
	"fmt"
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// queues merges jobs and tasks.
func (g *grouping) queues() bool {
	g.out.Micro = append([]Job(nil), g.out.Micro...)
	for n := range g.out.Micro {
		job := &g.out.Micro[n]
		place := fmt.Sprintf("job %d", n)
		if job.Frame != nil {
			list := make([]*value.Frame, len(g.states))
			for i, s := range g.states {
				list[i] = s.Micro[n].Frame
			}
			f, ok := g.frame(place, list)
			if !ok {
				return false
			}
			job.Frame = f
		}
		vals := make([]value.Value, len(g.states))
		for i, s := range g.states {
			vals[i] = s.Micro[n].Value
			if len(s.Micro[n].Args) != len(job.Args) || !value.Same(s.Micro[n].Func, job.Func) {
				return g.fail(place)
			}
		}
		var ok bool
		if job.Value, ok = g.values(place, vals); !ok {
			return false
		}
		job.Args = append([]value.Value(nil), job.Args...)
		for a := range job.Args {
			for i, s := range g.states {
				vals[i] = s.Micro[n].Args[a]
			}
			if job.Args[a], ok = g.values(fmt.Sprintf("%s arg %d", place, a), vals); !ok {
				return false
			}
		}
	}
	return g.tasks()
}

func (g *grouping) tasks() bool {
	if g.o.Outstanding {
		return g.outstanding()
	}
	g.out.Tasks = append([]Task(nil), g.out.Tasks...)
	vals := make([]value.Value, len(g.states))
	for n := range g.out.Tasks {
		t := &g.out.Tasks[n]
		place := "task " + t.Key
		for _, s := range g.states {
			if s.Tasks[n].Data != t.Data || len(s.Tasks[n].Values) != len(t.Values) {
				return g.fail(place)
			}
		}
		t.Values = append([]value.Value(nil), t.Values...)
		for v := range t.Values {
			for i, s := range g.states {
				vals[i] = s.Tasks[n].Values[v]
			}
			var ok bool
			if t.Values[v], ok = g.values(fmt.Sprintf("%s %d", place, v), vals); !ok {
				return false
			}
		}
	}
	return true
}

// outstanding are the tasks of any of the states. That one may not be there needs no mark: what it leads to is followed beside what the others do.
func (g *grouping) outstanding() bool {
	type among struct {
		task  Task
		views []view
		at    []int
	}
	var all []*among
	for i, s := range g.states {
		taken := map[*among]bool{}
		for n := range s.Tasks {
			t := &s.Tasks[n]
			like := slices.IndexFunc(all, func(a *among) bool {
				return !taken[a] && a.task.Key == t.Key && a.task.Ctx == t.Ctx && a.task.Data == t.Data && len(a.task.Values) == len(t.Values)
			})
			if like < 0 {
				like = len(all)
				all = append(all, &among{task: *t})
			}
			a := all[like]
			taken[a] = true
			a.task.Many = a.task.Many || t.Many
			a.views, a.at = append(a.views, view{s: i}), append(a.at, n)
		}
	}
	g.out.Tasks = nil
	for k, a := range all {
		sub := *g
		sub.states = nil
		for _, v := range a.views {
			sub.states = append(sub.states, g.states[v.s])
		}
		a.task.Values = slices.Clone(a.task.Values)
		vals := make([]value.Value, len(a.views))
		for v := range a.task.Values {
			for i, s := range sub.states {
				vals[i] = s.Tasks[a.at[i]].Values[v]
			}
			var ok bool
			if a.task.Values[v], ok = sub.values(fmt.Sprintf("task %s %d %d", a.task.Key, k, v), vals); !ok {
				g.apart = sub.apart
				return false
			}
		}
		g.out.Begin(a.task)
	}
	return true
}
