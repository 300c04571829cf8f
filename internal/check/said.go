package check

// Which calls findings are about.

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/source"
)

// says tells that a rule found something at a call, whatever became of it.
func (p *project) says(rule string, c *flow.Call) bool { return p.said()[saying{rule, c.Name}] }

// saysOpen tells that a rule says of a call that it could not be followed.
func (p *project) saysOpen(c *flow.Call) bool { return p.said()[saying{opens, c.Name}] }

// saying is a rule that found something at a place; opens stands for those that tell what could not be followed.
type saying struct {
	rule string
	at   source.Span
}

const opens = ""

// said are the places at which rules found something.
func (p *project) said() map[saying]bool {
	if p.sayings == nil {
		p.sayings = map[saying]bool{}
		for _, l := range p.located {
			p.sayings[saying{l.Rule.ID, l.At}] = true
			if tellsOpen(l.Rule.ID) {
				p.sayings[saying{opens, l.At}] = true
			}
		}
	}
	return p.sayings
}
