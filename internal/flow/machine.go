package flow

import (
	"path"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// machine runs code. It follows one way at a time: where the code could go on in several ways it
// takes the first that has not been taken, and explore runs it again until all have been.
type machine struct {
	a *analysis

	// The way being followed.
	serial      int32
	choices     []choice
	next        int
	steps       int
	turns       int
	seq         int
	firstSymbol int // symbols with greater numbers are this way's
	began       int // what was made before this sequence number was there before the way
	undo        []func()
	micro       []func()
	macro       []func()
	promise     []*promise
	writes      []writing
	masks       map[*root]uint64
	truths      map[int]bool
	blanks      map[*history]bool
	reads       map[*cell]value
	// replaced are the functions that have put another in their own place.
	replaced map[*cell]value
	derived  map[string]*symbol
	again    map[*symbol]value // unknown values that other runs wrote, as this way finds them
	auths    map[*symbol]value
	live     []*coroutine
	fibers   []*fiber // that wait for a body
	entry    *entry
	current  *coroutine
	sync     bool // in the part of a lifecycle method that runs before anything else can

	// The task being run.
	ctx  context
	join int // > 0: ways are not told apart but taken together
	// together is the code whose ways are taken together because it was judged not to matter; parts is what was judged last.
	together  []script.Node
	parts     []script.Node
	vouching  facts // what the functions being called are vouched to establish
	weak      int   // writes to what was made before this sequence number are only possible
	depth     int
	nest      int
	frames    *calls
	thrown    *jsThrow // the exception being thrown
	ret       []value  // values returned on ways taken together, of the innermost such function
	total     int      // steps of all ways of the entry
	mostSteps int      // on one way
	stepsOf   bound    // the bound that mostSteps is
	restarts  int      // how often the entry was followed again

	lastNamed *source.Span     // where the platform function being called was named
	handed    map[handKey]int  // functions given to what is not followed
	handedAt  map[handKey]int  // how many decisions had been taken when they were given first
	stopped   map[*object]bool // timers that were stopped
	count     map[*site]int    // how often a call was made
	refusals  map[*site]int    // how often it failed
	results   map[*site]value  // what it handed over last
	requests  map[made]int     // how often any other function of the platform was called
	ended     map[made]repeat  // how such a call ended last
	// dispatched tells how often a method was looked up by a name that is not known.
	dispatched map[*script.Index]int
	digests    map[any]digest      // what was left behind by what is done again and again
	waited     map[source.Span]int // how often a place waited for what is not known
	// violations are the calls reached on this way before what they need; enabledIn are the runs that enabled.
	violations []violation
	begun      begun
	taskID     int
	detail     *value             // what the event carries whose handler is run
	credits    map[*object]credit // errors that code was taken to handle; see passedOn
	acts       int                // what the way has done so far that anybody could notice
	paths      []guard            // the conditions under which the code being rendered runs
	nesting    int                // properties being looked up through the components that hand them on
	rendered   int                // components within each other being rendered
	closed     bool               // the way ends because what it begins with is not shown
	enabledIn  []*run
	assigned   []*cell // the places that the path has written, and the lists that it has changed, in order
	altering   []*object
	revisits   map[any]*visits // of calls that it makes again and again
	// offSite is what switched enabling off last on this path, at offAt; onAt is when enabling succeeded last.
	offSite     *site
	offAt, onAt int
	hosted      int  // functions being called that are not the project's
	sure        bool // the exception that came last while a module was loaded was thrown by code that runs then
}

// begun are the requests that the way being followed has made so far, in whichever of its tasks.
type begun struct {
	asks   [scopeCount]request
	enable request
}

// choice is a decision that was taken: one of n.
type choice struct {
	taken, n int
}

// calls is the stack of the calls being evaluated, the innermost first.
type calls struct {
	frame
	up *calls
}

// frame is a call being evaluated.
type frame struct {
	prog *program
	call script.Node
	env  *env // of the code that calls
}

// writing is a write to a place that outlives the way.
type writing struct {
	cell  *cell
	hist  *history
	val   value
	facts facts
	maybe *unfollowed
	sync  bool
}

// jsThrow is a JavaScript exception on its way through Go's stack. While it is, the machine's field thrown holds it: what
// is deferred tells by that whether to stop it, for to recover whatever comes by and to panic again at each call costs the
// square of their depth.
type jsThrow struct{ val value }

// misjudged ends a way on which code turned out to matter whose ways were taken together; it is followed again.
type misjudged struct{}

// itMatters is called where the feature is reached or a promise settled: code around it that was judged not to matter was
// misjudged.
func (m *machine) itMatters() {
	if m.serial == 0 || len(m.together) == 0 {
		return
	}
	fresh := false
	for _, n := range m.together {
		if !m.a.forced[n] {
			m.a.forced[n] = true
			fresh = true
		}
	}
	if !fresh {
		return
	}
	m.startOver()
}

// startOver follows the entry point again from its first path.
func (m *machine) startOver() {
	if m.restarts >= m.most(boundRestarts) {
		m.end(boundRestarts)
	}
	m.restarts++
	panic(misjudged{})
}

// cutOff ends a way: a bound was met or the analysis failed, or it cannot be the case.
type cutOff struct {
	cause *unfollowed
	// impossible: the way contradicts itself, so nothing is lost.
	impossible bool
	// hangs: the program does, in a loop that never ends; nothing is lost either.
	hangs bool
}

// end ends the path at a bound that is met by all that the entry point does.
func (m *machine) end(b bound) {
	what, at := m.whole()
	m.endAt(b, what, at)
}

// endAt ends the path at a bound that is met at a place.
func (m *machine) endAt(b bound, what string, at source.Span) {
	panic(cutOff{cause: m.gaveUp(b, what, at)})
}

// whole names what is being followed: the entry point, or the module that is loaded.
func (m *machine) whole() (what string, at source.Span) {
	if m.entry != nil {
		return m.entry.name, m.entry.at
	}
	if n := len(m.a.loading); n > 0 {
		file := m.a.loading[n-1].prog.syntax.File
		return path.Base(file.Path), source.Span{File: file}
	}
	if i := m.a.rendering; i != nil {
		return path.Base(i.at.File.Path), i.at
	}
	return "", source.Span{}
}

func (m *machine) throw(v value) {
	m.passedOn(v)
	if m.serial == 0 {
		m.sure = m.hosted == 0
	}
	m.thrown = &jsThrow{v}
	panic(*m.thrown)
}

// choose decides between n ways.
func (m *machine) choose(n int) int {
	if n <= 1 || m.serial == 0 {
		return 0
	}
	if m.next < len(m.choices) {
		c := m.choices[m.next]
		m.next++
		if c.n != n {
			m.startOver() // more has come to be known since the first time: of another file, of what code may write
		}
		return c.taken
	}
	m.choices = append(m.choices, choice{0, n})
	m.next++
	return 0
}

// tick counts a node.
func (m *machine) tick() { m.work(1) }

// work counts work that is worth n nodes.
func (m *machine) work(n int) {
	m.steps += n
	m.a.spent += n
	limit, by := m.mostSteps, m.stepsOf
	if m.serial == 0 {
		limit, by = m.most(boundLoadSteps), boundLoadSteps
	}
	if m.steps > limit {
		m.end(by)
	}
	if m.a.spent > m.most(boundRunSteps) {
		m.end(boundRunSteps)
	}
	if m.steps&(checkEvery-1) < n {
		m.a.checkStop()
	}
}

// explore follows every way through an entry point and reports whether all of them were followed; e.cut says why not.
func (m *machine) explore(e *entry, run func()) bool {
	m.entry, e.cut = e, nil
	m.total = 0
	m.restarts = 0
	paths := 0
	defer func() {
		m.a.spend(e, m.total)
		m.a.work.add(e.label(), EntryWork{Times: 1, Paths: paths, Steps: m.total})
	}()
	m.choices = m.choices[:0]
	complete := true
	for n := 0; ; n++ {
		paths++
		if met := m.exceeded(n, m.stepsFor(e)); met != noBound {
			e.cut = m.gaveUp(met, e.name, e.at)
			return false
		}
		ok, again := m.way(run)
		if again {
			m.choices = m.choices[:0]
			n, complete = -1, true
			continue
		}
		complete = complete && ok
		// The next way differs in the last decision that has another side.
		i := len(m.choices) - 1
		for i >= 0 && m.choices[i].taken+1 >= m.choices[i].n {
			i--
		}
		if i < 0 {
			return complete
		}
		m.choices = m.choices[:i+1]
		m.choices[i].taken++
	}
}

// way follows one way to its end, with all the tasks that it starts.
func (m *machine) way(run func()) (complete, again bool) {
	m.a.serials++
	m.serial = m.a.serials
	m.next, m.steps, m.turns = 0, 0, 0
	m.mostSteps, m.stepsOf = m.most(boundPathSteps), boundPathSteps
	m.undo, m.micro, m.macro, m.promise, m.writes = m.undo[:0], nil, nil, nil, nil
	m.forget()
	m.began, m.firstSymbol = m.event(), m.a.symbols
	m.live = nil
	m.violations, m.enabledIn, m.closed, m.begun = nil, nil, false, begun{}
	m.acts, m.hosted = 0, 0
	m.offSite, m.offAt, m.onAt = nil, 0, 0
	m.assigned, m.altering = m.assigned[:0], m.altering[:0]
	m.ctx, m.join, m.weak, m.depth, m.nest, m.frames, m.ret, m.together, m.paths = context{}, 0, 0, 0, 0, nil, nil, nil, nil
	complete = true
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(misjudged); !ok {
				panic(r)
			}
			again = true
			m.writes, m.closed = nil, true // what it wrote until then says nothing of what every way writes
		}
		m.total += m.steps
		m.settleAccounts()
		m.stopCoroutines()
		for i := len(m.undo) - 1; i >= 0; i-- {
			m.undo[i]()
		}
		m.undo = m.undo[:0]
		m.serial = 0
	}()
	switch why := m.guard(func() { run(); m.drain() }); {
	case why == nil:
		m.noteSleep()
	case why.impossible:
		m.closed = true
	default:
		complete = false
		if m.entry.cut == nil {
			m.entry.cut = why.cause
		}
	}
	return complete, false
}

// forget empties what the machine keeps of a way.
func (m *machine) forget() {
	m.masks, m.truths, m.blanks, m.reads = emptied(m.masks), emptied(m.truths), emptied(m.blanks), emptied(m.reads)
	m.replaced, m.derived, m.auths, m.again = emptied(m.replaced), emptied(m.derived), emptied(m.auths), emptied(m.again)
	m.handed, m.handedAt, m.stopped, m.credits = emptied(m.handed), emptied(m.handedAt), emptied(m.stopped), emptied(m.credits)
	m.count, m.refusals, m.results, m.requests, m.ended = emptied(m.count), emptied(m.refusals), emptied(m.results), emptied(m.requests), emptied(m.ended)
	m.revisits = emptied(m.revisits)
	m.dispatched, m.waited, m.digests = emptied(m.dispatched), emptied(m.waited), emptied(m.digests)
}

// emptied returns an empty table: the same one, since a new one for each of very many ways costs more, but for one that has grown so
// large that to empty it costs more than that.
func emptied[K comparable, V any](table map[K]V) map[K]V {
	if table == nil || len(table) > 128 {
		return map[K]V{}
	}
	clear(table)
	return table
}

// guard runs f and returns the cut-off that ended it, if one did. An exception
// that nothing catches ends f only.
func (m *machine) guard(f func()) (cut *cutOff) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case jsThrow:
			m.thrown = nil
		case cutOff:
			cut = &r
		case misjudged, stopped, halted:
			panic(r)
		default:
			cut = &cutOff{cause: m.broken(r)}
		}
	}()
	f()
	return nil
}

// task runs f as a task of its own with the context ctx; exceptions end there.
func (m *machine) task(ctx context, f func()) {
	saved := m.state()
	m.ctx, m.join, m.weak, m.frames, m.depth, m.ret, m.together, m.vouching = ctx, 0, 0, nil, 0, nil, nil, 0
	m.taskID = m.event()
	defer m.restore(saved)
	if cut := m.guard(f); cut != nil {
		panic(*cut)
	}
}

// taskState is what belongs to the task being run.
type taskState struct {
	ctx         context
	join, weak  int
	depth, nest int
	frames      *calls
	ret         []value
	id          int
	together    []script.Node
	paths       []guard
	vouching    facts
}

func (m *machine) state() taskState {
	return taskState{m.ctx, m.join, m.weak, m.depth, m.nest, m.frames, m.ret, m.taskID, m.together, m.paths, m.vouching}
}

func (m *machine) restore(s taskState) {
	m.ctx, m.join, m.weak, m.depth, m.nest, m.frames, m.ret, m.taskID, m.together, m.paths, m.vouching = s.ctx, s.join, s.weak, s.depth, s.nest, s.frames, s.ret, s.id, s.together, s.paths, s.vouching
}

// drain runs the tasks that are waiting: microtasks first, then the outcomes of platform calls in the order in which they were
// made. When nothing is left, promises that somebody outside may settle are settled by nobody knows what.
func (m *machine) drain() {
	for {
		m.drainMicro()
		if len(m.macro) == 0 {
			if !m.settleOutside() {
				return
			}
			continue
		}
		f := m.macro[0]
		m.macro = m.macro[1:]
		m.turn()
		f()
	}
}

// drainMicro runs the microtasks that are waiting.
func (m *machine) drainMicro() {
	for len(m.micro) > 0 {
		f := m.micro[0]
		m.micro = m.micro[1:]
		m.turn()
		f()
	}
}

func (m *machine) turn() {
	m.turns++
	if m.turns > m.most(boundTasks) {
		m.end(boundTasks)
	}
}

// later queues a platform task.
func (m *machine) later(f func()) {
	if m.serial == 0 {
		return // what a module starts while it is loaded is followed as an entry point of its own
	}
	m.macro = append(m.macro, f)
}

func (m *machine) soon(f func()) { m.micro = append(m.micro, f) }

// span returns the place of a node.
func (p *program) span(n script.Node) source.Span {
	r := n.Range()
	return source.Span{File: p.syntax.File, Start: r.Start, End: r.End}
}

func (p *program) loc(l script.Loc) source.Span {
	return source.Span{File: p.syntax.File, Start: l.Start, End: l.End}
}
