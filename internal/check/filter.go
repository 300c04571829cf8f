package check

// From what the rules say to what is reported: severities, what the configuration and comments leave out,
// and what makes a finding recognisable in the next run.

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// fate is what became of a finding.
type fate int

const (
	reported    fate = iota
	switchedOff      // its rule is off
	suppressed       // by a comment
	ignored          // by the configuration, in its file
	known            // to the baseline
	unchanged        // by what has changed, see Options.Changed
)

// located is a finding with the project that it concerns.
type located struct {
	*checks.Finding
	project *project
	// ruled is the severity that the rule gave it.
	ruled checks.Severity
	// same is the finding of another project that reads the file too, which is reported for both; nil for most.
	same *located
	own  fate
}

// fate is what became of the finding.
func (l *located) fate() fate {
	if l.same != nil {
		return l.same.own
	}
	return l.own
}

// located gives findings their severities.
func (r *run) located(p *project, found []*checks.Finding) []*located {
	var out []*located
	for _, f := range found {
		l := &located{Finding: f, project: p, ruled: f.Severity}
		if f.Severity = r.severity(p, f); f.Severity == checks.Off {
			l.own = switchedOff
		}
		out = append(out, l)
	}
	return out
}

// severity is how much a finding matters: what the command line says, else --strict, else the
// configuration, else the rule.
func (r *run) severity(p *project, f *checks.Finding) checks.Severity {
	if s, ok := r.Rules[f.Rule.ID]; ok {
		return s
	}
	s := f.Severity
	if configured, ok := p.config.Rules[f.Rule.ID]; ok {
		s = configured.Severity
	}
	if info := checks.LookupStep(f.Step); r.Strict && s != checks.Off && info != nil && info.Console {
		return checks.Error
	}
	return s
}

// on tells whether a rule is on somewhere in the run.
func (r *run) on(rule string) bool {
	for _, p := range r.projects {
		if !p.spared && !r.isOff(p, rule) {
			return true
		}
	}
	return false
}

func (r *run) isOff(p *project, rule string) bool {
	if s, ok := r.Rules[rule]; ok {
		return s == checks.Off
	}
	s, ok := p.config.Rules[rule]
	return ok && s.Severity == checks.Off
}

// once finds what two projects say of a file that both read, and returns what is left to report.
func once(all []*located) []*located {
	type identity struct {
		file, rule, reason, message string
		start, end                  int
	}
	seen := map[identity]*located{}
	var out []*located
	for _, l := range all {
		if l.own != reported {
			continue
		}
		id := identity{fileOf(l.At), l.Rule.ID, l.Reason, l.Message.EN + string(l.Step), l.At.Start, l.At.End}
		if l.same = seen[id]; l.same == nil {
			seen[id] = l
			out = append(out, l)
		}
	}
	return out
}

// filter drops and counts what the configuration or a comment silences.
func (r *run) filter(all []*located) []*located {
	var out []*located
	for _, l := range all {
		// A comment is asked first: it is of use even where the configuration agrees with it.
		switch {
		case r.suppressions.Silences(l.Finding):
			l.own = suppressed
		case r.ignored(l):
			l.own = ignored
		default:
			out = append(out, l)
			continue
		}
		r.suppressed++
	}
	return out
}

// unused are the findings about suppressions themselves.
func (r *run) unused() []*located {
	var out []*located
	for _, f := range r.suppressions.Unused(r.on) {
		p := r.owner(f.At.File)
		if p == nil {
			continue
		}
		for _, l := range r.located(p, []*checks.Finding{f}) {
			switch {
			case l.own == switchedOff:
			case r.ignored(l):
				r.suppressed++
			default:
				out = append(out, l)
			}
		}
	}
	return out
}

// owner is the project that a file of code or markup belongs to: the innermost around it.
func (r *run) owner(f *source.File) *project {
	var best *project
	name := r.absolute(f.Path)
	for _, p := range r.projects {
		if !p.spared && (best == nil || within(name, p.dir) && len(p.dir) > len(best.dir)) {
			best = p
		}
	}
	return best
}

// ignored tells that the configuration leaves the finding's file out, or silences the rule in it.
func (r *run) ignored(l *located) bool {
	c := l.project.config
	if c.Dir == "" || l.At.IsZero() {
		return false
	}
	asked := silenced{c, l.At.File, l.Rule.ID}
	ignored, known := r.silenced[asked]
	if !known {
		file := r.relative(c, l.At.File.Path)
		ignored = matches(patterns(c.Ignore), file) || slices.ContainsFunc(c.Silence, func(s config.Silence) bool {
			return slices.Contains(s.Rules, l.Rule.ID) && matches(s.Files, file)
		})
		r.silenced[asked] = ignored
	}
	return ignored
}

// silenced is a rule in a file as a configuration sees it.
type silenced struct {
	config *config.Config
	file   *source.File
	rule   string
}

// patterns are what globs say.
func patterns(globs []config.Glob) []string {
	var out []string
	for _, g := range globs {
		out = append(out, g.Pattern)
	}
	return out
}

// matches tells that a glob names the file or a folder above it.
func matches(globs []string, file string) bool {
	for _, glob := range globs {
		for name := file; name != "."; name = filepath.ToSlash(filepath.Dir(name)) {
			// The pattern was validated when it was read.
			if ok, err := doublestar.Match(glob, name); err == nil && ok {
				return true
			}
			if name == "/" || strings.HasPrefix(name, "..") {
				break
			}
		}
	}
	return false
}

// identified sorts findings and gives each its place and fingerprint.
func (r *run) identified(all []*located) []report.Finding {
	var out []report.Finding
	seen := map[string]int{}
	lines := lineDigests{}
	sort.SliceStable(all, func(i, j int) bool { return earlier(all[i], all[j]) })
	for _, l := range all {
		f := report.Finding{Finding: l.Finding, Project: report.ValidPath(l.project.Root), From: source.Position{Line: 1, Column: 1}, To: source.Position{Line: 1, Column: 1}}
		line := ""
		if !l.At.IsZero() {
			f.File, f.From, f.To = report.ValidPath(l.At.File.Path), l.At.From(), l.At.To()
			line = lines.of(l.At.File, f.From.Line)
		}
		key := strings.Join([]string{r.stable(l), l.Rule.ID, l.Identity(), line}, "\x00")
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		f.Fingerprint = hex.EncodeToString(sum[:16])
		out = append(out, f)
	}
	return out
}

// lineDigests are the digests of lines that were asked for: the one line of a minified file is long, and may
// hold many findings.
type lineDigests map[lineKey]string

type lineKey struct {
	file *source.File
	line int
}

// of is the digest of a line, without its indentation.
func (d lineDigests) of(f *source.File, line int) string {
	key := lineKey{f, line}
	if d[key] == "" {
		sum := sha256.Sum256([]byte(strings.TrimSpace(f.Line(line))))
		d[key] = string(sum[:])
	}
	return d[key]
}

// stable is a finding's file by a name that does not depend on the working directory.
func (r *run) stable(l *located) string {
	if l.At.IsZero() {
		return ""
	}
	rel, err := filepath.Rel(l.project.base, r.absolute(l.At.File.Path))
	if err != nil {
		return l.At.File.Path
	}
	return filepath.ToSlash(rel)
}

// earlier orders findings by file, line, column and rule.
func earlier(a, b *located) bool {
	if fa, fb := fileOf(a.At), fileOf(b.At); fa != fb {
		return fa < fb
	}
	if a.At.Start != b.At.Start {
		return a.At.Start < b.At.Start
	}
	if a.Rule.ID != b.Rule.ID {
		return a.Rule.ID < b.Rule.ID
	}
	if a.Reason != b.Reason {
		return a.Reason < b.Reason
	}
	return a.Message.EN < b.Message.EN
}

func fileOf(at source.Span) string {
	if at.IsZero() {
		return ""
	}
	return report.ValidPath(at.File.Path)
}
