package execute

// The search over executions. Each one follows a list of choices; where the list ends it takes the first option
// of every choice, and whatever else it could have taken there becomes a lead. Leads are followed in the order of
// how far they lie from what usually happens, so that a bound on their number cuts off the unlikely ones.

// Bounds say how far a program is explored.
type Bounds struct {
	Executions int // how many are tried at most
	Acts       int // what the user does in one of them: taps, leaving and coming back, starting anew
	Steps      int // answers, timers, lifecycle steps and acts in one of them
	// Unusual is how many unusual choices an execution makes at most: a refusal, an answer that overtakes another one,
	// something else done than what comes next.
	Unusual int
	// Wide adds what the documentation does not rule out although nobody expects it: an authorization that fails
	// after it was granted, settings that a user withdrew, a page that was opened by its path.
	Wide bool
}

// Default are bounds that take some tens of milliseconds.
var Default = Bounds{Executions: 100, Acts: 3, Steps: 80, Unusual: 3}

// option is one thing that can happen at a choice.
type option struct {
	what string
	// cost is how unusual it is; that of the first option of a choice is 0.
	cost int
	// doubtful options make the execution doubtful.
	doubtful bool
}

// chosen is a choice that an execution made.
type chosen struct {
	options []option
	pick    uint8
	before  int // the cost of the choices before
}

// chooser follows a list of choices and notes what else there was.
type chooser struct {
	given []uint8
	made  []chosen
	cost  int
}

func (c *chooser) pick(options []option) int {
	pick := 0
	if at := len(c.made); at < len(c.given) {
		pick = int(c.given[at])
	}
	// The program would have to be nondeterministic for a given choice not to be there.
	pick = min(pick, len(options)-1)
	c.made = append(c.made, chosen{options, uint8(pick), c.cost})
	c.cost += options[pick].cost
	return pick
}

// lead is an execution to be tried: another one's choices up to a point, and a different one there.
type lead struct {
	base []uint8
	at   int
	pick uint8
}

func (l lead) choices() []uint8 {
	if l.base == nil {
		return nil
	}
	return append(append([]uint8(nil), l.base[:l.at]...), l.pick)
}

// maxOptions keeps a choice in a byte.
const maxOptions = 200

// Explore executes a program in every order and with every outcome, up to the bounds.
func Explore(p *Program, b Bounds) *Result {
	result := &Result{calls: map[string]*Call{}}
	queue := [][]lead{{{}}}
	for result.Executions < b.Executions {
		cost := 0
		for cost < len(queue) && len(queue[cost]) == 0 {
			cost++
		}
		if cost == len(queue) {
			result.Exhausted = result.Complete()
			break
		}
		next := queue[cost][0]
		queue[cost] = queue[cost][1:]
		c := &chooser{given: next.choices()}
		s := newSession(p, b, c, result)
		s.execute()
		result.Executions++
		if result.Hung {
			break
		}
		taken := make([]uint8, len(c.made))
		for i, m := range c.made {
			taken[i] = m.pick
		}
		for i := len(c.given); i < len(c.made); i++ {
			m := &c.made[i]
			for j := range m.options[:min(len(m.options), maxOptions)] {
				if j == int(m.pick) {
					continue
				}
				at := m.before + m.options[j].cost
				if at > b.Unusual {
					continue
				}
				for len(queue) <= at {
					queue = append(queue, nil)
				}
				queue[at] = append(queue[at], lead{taken, i, uint8(j)})
			}
		}
	}
	result.finish()
	return result
}
