package flow

import (
	"maps"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Options are what the user tells the analysis.
type Options struct {
	// Grants are functions whose success implies both grants, Enables those whose success implies that enabling succeeded.
	Grants, Enables []Function
	// Work is how many times the usual work is done; 0 stands for 1.
	Work float64
	// Bounds are other values for rows of the table of bounds, by their names: tests lower them.
	Bounds map[string]int
	// Parse bounds each file; zero stands for script.DefaultLimits.
	Parse script.Limits
	// Spent is how many steps the other mini-programs of the run took; they count to those of the run.
	Spent int
	// Stop ends the analysis before its end once it is closed; nil never is.
	Stop <-chan struct{}
}

// analysis is the state of the analysis of one project.
type analysis struct {
	project *miniprogram.Project
	options Options

	programs  map[*miniprogram.Script]*program
	loadedAll []*program
	owner     map[*script.Func]*program
	failures  []ParseError
	parts     map[*miniprogram.Script]bool
	modules   map[*miniprogram.Script]*module
	preludes  map[string]value
	loading   []*module
	relevance *relevance
	words     *words
	aliases   map[string]map[string]bool

	registrations []*registration
	instances     map[*miniprogram.Unit]*instance
	app           *instance
	appObject     *object
	globals       map[string]*cell
	global        *object
	hosts         map[string]*object
	hostFuncs     map[string]*object
	overridden    map[string]value
	platform      *symbol

	histories map[historyKey]*history
	births    map[birth]*object
	variables map[variableKey]*history
	order     []*history
	wildcards map[*object][]wildWrite
	// opensSettings tells that code names openSetting, whether or not anything runs it.
	opensSettings bool
	// elements are the histories of arrays' elements, by their index.
	elements map[*object]map[string]*history
	outside  map[*history]bool
	storage  map[string]*cell
	// asleep are the awaits at which a way ended, by their place.
	asleep map[source.Span]sleep
	// dormant are the functions that wait for a promise which never calls them, raisedAt the places where the language throws, endless
	// the loops that were found to end or not, by their bodies, and hung those that paths end in.
	dormant       map[*script.Func]stop
	raisedAt      map[source.Span]bool
	endless, hung map[script.Stmt]bool
	idleExecutors map[*script.Func]bool
	// thrownBy is, for calls and awaits that exceptions came out of, where those were made.
	thrownBy map[script.Node]source.Span
	// hangsIn is, for calls that end in a loop without an end, where that is.
	hangsIn map[script.Node]source.Span
	hidden  map[API]source.Span
	named   map[*script.Call]bool // the calls by a reported name that some way came by
	written map[string]bool       // names of properties written to objects that are not known
	// blind counts what is in wildcards and written, blindBefore what was at the last turn of the page.
	blind, blindBefore int
	sites              map[siteKey]*site
	visited            map[*script.Func]bool
	ran                map[*script.Func]bool    // those that entry points lead to
	atLoad             map[*script.Func]bool    // those that run while the program is loaded: components that are functions
	made               map[*script.Func]*object // of those that they do not lead to, the ones that were made
	mentioned          *mentionIndex            // when it is first needed
	branches           map[script.Node]branches // of the tests that were come by, which branches
	closures           map[*script.Func]*object
	// telling are callbacks that were found to write what is read on the way to a call, or not; read are the names read there, for so
	// many programs.
	telling map[*script.Func]memoized
	read    map[string]bool
	readFor int
	// inertFuncs are functions that were found to change nothing that matters, or not.
	inertFuncs map[*script.Func]bool
	// foreignFuncs are functions that were found to be modules which are not followed, or not.
	foreignFuncs map[*script.Func]bool
	forced       map[script.Node]bool // code that turned out to matter

	asked     facts // scopes that some code asks for
	tested    facts
	grantable facts // facts that some code could establish
	askedBy   map[*miniprogram.Unit]facts
	misspelt  bool

	leads    map[string][]start
	nextLead map[string][]start
	anywhere bool // some code opens a page whose name is not known
	triggers map[triggerKey][]start
	nextTrig map[triggerKey][]start
	users    map[*miniprogram.Unit][]*miniprogram.Unit
	buses    *buses
	// offs are the calls that switch off, as the last pass found them; nextOffs as this pass does.
	offs, nextOffs map[offKey]*off
	switched       int // how often that was found to have changed
	// interceptors are what the project's code puts between uni's functions and what calls them.
	interceptors []interceptor

	// imports are the scripts that each imports, importing how many there are; beside is what isAside has found.
	imports   map[*miniprogram.Script][]*miniprogram.Script
	importing int
	beside    map[*miniprogram.Unit]memoized

	// aside tells that scripts are being loaded which nothing that runs imports.
	aside bool
	// rendering is the page or component whose code is being loaded, for hooks to register with.
	rendering *instance
	// objectProto is Object.prototype.
	objectProto *object
	proto       *object // Vue.prototype
	store       *object // the Vuex store
	// styles are how frameworks hand on the platform's functions, by host; mixins are those of every page, in mpx.
	styles map[string]callStyle
	mixins []globalMixin

	symbols, steps  int
	serials         int32
	opened, ungated map[string]bool        // entry points that were found to be shown; that run regardless
	hopeless        bool                   // code that a compiler put out could not be followed to its end
	cut             *unfollowed            // why an entry point could not be followed to its end
	cutBefore       map[string]*unfollowed // of entry points that were not followed to their end in some pass
	lost            map[*miniprogram.Script]*loss
	lostNames       map[lostNames]bool
	losses          []*loss // of all passes
	work            Work
	slice           *slice
	besideSteps     int      // on entry points that lead to no call
	restless        *history // a place of which the last pass still found something new
	allowance       int      // steps of all entry points
	spent           int      // steps of the run: of whatever was evaluated, in this mini-program and those before it
	exhausted       bool     // the steps of the run came to their end before the passes did
	limits          [boundsEnd]int
	// givenUp is what was given up so far; pass counts the passes from 1.
	givenUp map[gaveUpKey]*givenUp
	pass    int
	// followings are what came of the entry points, turns how many of a key have had theirs in this pass; now is that which is being
	// followed, and followed how many there were.
	followings map[entryTurn]*following
	turns      map[string]int
	now        *following
	followed   int32
	extended   int // how often members were added to an instance that is there
	// anew is how tests follow an entry point once more that met nothing new.
	anew func(m *machine, e *entry, before *following) *following
	// unloaded is what was given up while modules were loaded, and for which calls.
	unloaded    []unloaded
	unloadedCut *unfollowed
}

func newAnalysis(p *miniprogram.Project, o Options) *analysis {
	if o.Parse.MaxBytes <= 0 {
		o.Parse = script.DefaultLimits
	}
	a := &analysis{
		project: p, options: o, spent: o.Spent, limits: limitsOf(o), work: Work{Entries: map[string]EntryWork{}}, givenUp: map[gaveUpKey]*givenUp{}, cutBefore: map[string]*unfollowed{}, lostNames: map[lostNames]bool{},
		programs: map[*miniprogram.Script]*program{}, owner: map[*script.Func]*program{}, parts: map[*miniprogram.Script]bool{},
		modules: map[*miniprogram.Script]*module{}, preludes: map[string]value{}, relevance: newRelevance(seedNames...), words: newWords(), aliases: map[string]map[string]bool{},
		instances: map[*miniprogram.Unit]*instance{}, imports: map[*miniprogram.Script][]*miniprogram.Script{}, beside: map[*miniprogram.Unit]memoized{}, globals: map[string]*cell{}, hosts: map[string]*object{}, hostFuncs: map[string]*object{},
		overridden: map[string]value{}, styles: map[string]callStyle{}, platform: platformSymbol(),
		histories: map[historyKey]*history{}, births: map[birth]*object{}, variables: map[variableKey]*history{}, wildcards: map[*object][]wildWrite{}, elements: map[*object]map[string]*history{}, written: map[string]bool{}, storage: map[string]*cell{}, asleep: map[source.Span]sleep{}, dormant: map[*script.Func]stop{}, raisedAt: map[source.Span]bool{}, endless: map[script.Stmt]bool{}, hung: map[script.Stmt]bool{}, idleExecutors: map[*script.Func]bool{}, nextOffs: map[offKey]*off{}, telling: map[*script.Func]memoized{}, thrownBy: map[script.Node]source.Span{}, atLoad: map[*script.Func]bool{}, hangsIn: map[script.Node]source.Span{}, hidden: map[API]source.Span{}, branches: map[script.Node]branches{}, named: map[*script.Call]bool{}, outside: map[*history]bool{}, sites: map[siteKey]*site{}, visited: map[*script.Func]bool{}, closures: map[*script.Func]*object{}, inertFuncs: map[*script.Func]bool{}, foreignFuncs: map[*script.Func]bool{}, forced: map[script.Node]bool{},
		askedBy: map[*miniprogram.Unit]facts{}, leads: map[string][]start{}, triggers: map[triggerKey][]start{}, users: map[*miniprogram.Unit][]*miniprogram.Unit{}, buses: newBuses(),
		opened: map[string]bool{}, ungated: map[string]bool{}, lost: map[*miniprogram.Script]*loss{},
	}
	a.slice = newSlice(a)
	a.followings, a.now = map[entryTurn]*following{}, a.newFollowing(nil)
	return a
}

func (a *analysis) run() *Result {
	p := a.project
	for _, s := range p.Scripts {
		a.parts[s] = true
	}
	m := &machine{a: a}
	defer m.close()
	a.loadAll(m)
	for _, u := range a.units() {
		for _, used := range u.Components {
			if used != nil {
				a.users[used] = append(a.users[used], u)
			}
		}
	}
	for pass := 0; pass < a.most(boundPasses); pass++ {
		a.pass = pass + 1
		lost := len(a.losses)
		a.resetPass()
		entries := a.slice.divide(a.entries())
		a.allowance = a.most(boundAllSteps) + a.most(boundSteps)/30*len(entries)
		a.work.Passes++
		for n := 0; n < len(entries); n++ {
			a.follow(m, entries[n])
			if n == len(entries)-1 {
				entries = a.slice.more(entries)
			}
		}
		a.restless = a.turnPage()
		rewired := a.buses.turn()
		rewired = a.turnOffs() || rewired
		changed := a.slice.programs < len(a.loadedAll) || a.restless != nil || rewired || len(a.losses) > lost || a.blind != a.blindBefore || !sameStarts(a.leads, a.nextLead) || !sameTriggers(a.triggers, a.nextTrig)
		a.leads, a.triggers = a.nextLead, a.nextTrig
		a.blindBefore = a.blind
		if (!changed || pass == a.most(boundPasses)-3) && a.ungate(entries) {
			changed = true
		}
		if !changed && a.slice.wakeUnseen() {
			changed = true // somebody runs a call that nobody was found to
		}
		if a.exhausted = changed && a.spent > a.most(boundRunSteps); a.exhausted {
			break // another pass would find nothing, and forget what this one has found
		}
		if !changed || a.hopeless && pass >= a.most(boundBuiltPasses) {
			break
		}
	}
	a.slice.followGrants(m)
	a.ran, a.made = maps.Clone(a.visited), maps.Clone(a.closures)
	a.followOrphans(m)
	r := a.result()
	r.Work = a.work
	r.Work.Spent = a.spent
	return r
}

// resetPass forgets the verdicts of the last pass, which knew less.
func (a *analysis) resetPass() {
	for _, s := range a.sites {
		s.observed = newObserved()
	}
	a.turns = map[string]int{}
	a.nextLead, a.nextTrig = map[string][]start{}, map[triggerKey][]start{}
	a.askedBy = map[*miniprogram.Unit]facts{}
	a.asleep = map[source.Span]sleep{}
	a.cut, a.opened = a.unloadedCut, map[string]bool{}
	for _, s := range a.sites {
		s.cut = nil
	}
}

// program parses a script once; nil when it cannot be parsed.
func (a *analysis) program(s *miniprogram.Script) *program {
	if p, ok := a.programs[s]; ok {
		return p
	}
	if s.Broken != nil {
		a.programs[s] = nil
		a.failures = append(a.failures, ParseError{At: s.Broken.At, Why: s.Broken.Why, Names: s.Names})
		return nil
	}
	syntax, err := a.options.Parse.Parse(s.File, s.Text, s.Dialect)
	if err != nil {
		a.programs[s] = nil
		a.failures = append(a.failures, ParseError{At: err.At, Why: err.Why, Names: s.Names, Limit: err.Kind != script.Broken})
		return nil
	}
	p := &program{syntax: syntax, script: s, varNames: map[script.Node][]string{}, infos: map[script.Node]*nodeInfo{}, words: a.words}
	a.programs[s] = p
	if p.runtime = isRuntime(syntax, s); p.runtime {
		return p
	}
	p.bundle = isBundle(s.Text)
	a.loadedAll = append(a.loadedAll, p)
	script.WalkProgram(syntax, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Func:
			a.owner[n] = p
		case *script.Member:
			a.opensSettings = a.opensSettings || n.Name == string(OpenSetting)
		case *script.Ident:
			a.opensSettings = a.opensSettings || n.Name == string(OpenSetting)
		}
		return true
	})
	a.relevance.grow(a.loadedAll)
	a.aliasesOf(p)
	return p
}

var reported = []string{string(Authorize), string(SetEnable), string(Join), string(OpenSetting)}

// aliasesOf finds the names under which the reported functions go: const ask = wx.authorize, promisified tables.
func (a *analysis) aliasesOf(p *program) {
	note := func(name string, value script.Node) {
		for _, api := range reported {
			if name != api && namesDirectly(value, api) {
				if a.aliases[name] == nil {
					a.aliases[name] = map[string]bool{}
				}
				a.aliases[name][api] = true
			}
		}
	}
	script.WalkProgram(p.syntax, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok && n.Value != nil {
				note(id.Name, n.Value)
			}
			if pattern, ok := n.Target.(*script.ObjectLit); ok {
				for _, prop := range pattern.Props {
					if isOneOf(reported, prop.Name) {
						for _, name := range names(prop.Value) {
							if name != prop.Name {
								if a.aliases[name] == nil {
									a.aliases[name] = map[string]bool{}
								}
								a.aliases[name][prop.Name] = true
							}
						}
					}
				}
			}
		case *script.Property:
			if n.Name != "" && n.Value != nil {
				note(n.Name, n.Value)
			}
		case *script.Assign:
			switch t := n.Target.(type) {
			case *script.Ident:
				note(t.Name, n.Value)
			case *script.Member:
				note(t.Name, n.Value)
			}
		}
		return true
	})
}

// namesDirectly reports whether an expression is the function api of the platform, or a call that is given it.
func namesDirectly(x script.Node, api string) bool {
	switch x := x.(type) {
	case *script.Member:
		return x.Name == api
	case *script.Index:
		s, ok := x.Key.(*script.String)
		return ok && s.Value == api
	case *script.Chain:
		return namesDirectly(x.X, api)
	case *script.Call:
		for _, arg := range x.Args {
			switch y := arg.(type) {
			case *script.Member, *script.Index, *script.Chain:
				if namesDirectly(y, api) {
					return true
				}
			case *script.String:
				if y.Value == api {
					return true
				}
			}
		}
		if m, ok := x.Callee.(*script.Member); ok && m.Name == "bind" {
			return namesDirectly(m.Object, api)
		}
	}
	return false
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func trimExt(s string) string {
	if i := strings.LastIndexByte(s, '.'); i > strings.LastIndexByte(s, '/') {
		return s[:i]
	}
	return s
}
