// Package agent answers coding agents: the checks, explanations and fixes of the command line as tools of the Model Context
// Protocol (https://modelcontextprotocol.io). Nothing is written unless the server may write.
package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/fix"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// Options are what a server is started with.
type Options struct {
	// Check is what a check is asked for. Paths and time are those of each call.
	Check check.Options
	// Write lets the tool fix write files.
	Write bool
	// Lang is the language of the answers, where a call asks for none.
	Lang lang.Lang
	// Explain explains rules, steps and error codes by their names.
	Explain func(l lang.Lang, topics []string) (string, error)
	Now     func() time.Time
	Version string
}

// server is the tools with what they need.
type server struct{ Options }

// instructions tell an agent what the tools are for.
const instructions = "voipcheck decides whether the 1v1 audio/video call of a WeChat mini-program will work: permissions, authorization, " +
	"setEnable1v1Chat, join1v1Chat, and whether users can reach the call. Call check after every change to the call's code and mend what it " +
	"finds; a finding's trace is the path on which the call fails. Call explain with a rule's id, or with an error code seen on a phone, before " +
	"mending. The program is ready when `ready` is true; do not suppress findings or confirm console steps on your own."

// Serve answers calls until the client leaves.
func Serve(ctx context.Context, o Options, in io.ReadCloser, out io.WriteCloser) error {
	return New(o).Run(ctx, &mcp.IOTransport{Reader: in, Writer: out})
}

// New returns a server with the tools.
func New(o Options) *mcp.Server {
	s := &server{o}
	m := mcp.NewServer(&mcp.Implementation{Name: "voipcheck", Version: o.Version}, &mcp.ServerOptions{Instructions: instructions})
	closed := false
	reads := mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed}
	mcp.AddTool(m, &mcp.Tool{
		Name: "check", Title: "Check a mini-program", Annotations: &reads, OutputSchema: json.RawMessage(report.Schema),
		Description: "Checks whether the 1v1 call of a WeChat mini-program works for real users. Returns the checklist of the setup guide " +
			"and every finding with its place, the path that leads to it, and whether there is a fix. ready is true where nothing is left to mend.",
	}, s.check)
	mcp.AddTool(m, &mcp.Tool{
		Name: "explain", Title: "Explain a rule, a step or an error code", Annotations: &reads,
		Description: "Explains what a rule or a step of the guide asks and why, with a bad and a good example and what to do; or what an error " +
			"code or message seen on a phone means (-30003, \"jsapi has no permission\"), and what to look at first.",
	}, s.explain)
	writes := mcp.ToolAnnotations{ReadOnlyHint: !o.Write, IdempotentHint: true, OpenWorldHint: &closed}
	does := "Shows what the safe fixes would change, as unified diffs. This server may not write: apply the diffs yourself."
	if o.Write {
		does = "Applies the safe fixes to the files, and shows what they changed as unified diffs; with dry_run it only shows."
	}
	mcp.AddTool(m, &mcp.Tool{Name: "fix", Title: "Fix what can be fixed safely", Annotations: &writes, Description: does}, s.fix)
	return m
}

// place is what every tool that looks at a program takes.
type place struct {
	Paths []string `json:"paths,omitempty" jsonschema:"mini-programs, repositories, folders with several, or files inside, relative to the folder the server was started in; without it that folder"`
	Lang  string   `json:"lang,omitempty" jsonschema:"language of the messages: en or zh"`
}

type checkInput struct {
	place
	Strict bool `json:"strict,omitempty" jsonschema:"warnings fail, and so do console steps that nobody confirmed"`
}

// check runs a check.
func (s *server) check(ctx context.Context, _ *mcp.CallToolRequest, in checkInput) (*mcp.CallToolResult, any, error) {
	l, o, err := s.options(ctx, in.place)
	if err != nil {
		return nil, nil, told(err, l)
	}
	o.Strict = o.Strict || in.Strict
	r, err := check.Run(o)
	if err != nil {
		return nil, nil, told(err, l)
	}
	text, err := written(r.Report, "text", l)
	if err != nil {
		return nil, nil, told(err, l)
	}
	whole, err := written(r.Report, "json", l)
	if err != nil {
		return nil, nil, told(err, l)
	}
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, json.RawMessage(whole), nil
}

// written is a report in one of its formats.
func written(r *report.Report, format string, l lang.Lang) (string, error) {
	var text bytes.Buffer
	err := report.Lookup(format).Write(&text, r, report.Options{Lang: l})
	return text.String(), err
}

type explainInput struct {
	Topic string `json:"topic" jsonschema:"the id of a rule or a step, or an error code, or several with spaces between; or a message seen on a phone, whole"`
	Lang  string `json:"lang,omitempty" jsonschema:"language of the explanation: en or zh"`
}

type explainOutput struct {
	Text string `json:"text"`
}

// explain explains.
func (s *server) explain(_ context.Context, _ *mcp.CallToolRequest, in explainInput) (*mcp.CallToolResult, explainOutput, error) {
	l, err := s.language(in.Lang)
	if err != nil {
		return nil, explainOutput{}, told(err, l)
	}
	text, err := s.Explain(l, strings.Fields(in.Topic))
	if err != nil {
		return nil, explainOutput{}, told(err, l)
	}
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, explainOutput{text}, nil
}

type fixInput struct {
	place
	Unsafe bool `json:"unsafe,omitempty" jsonschema:"also those fixes that are only proposals: somebody has to look at what they change"`
	DryRun bool `json:"dry_run,omitempty" jsonschema:"write nothing, only show"`
}

type fixOutput struct {
	// Written tells that the files have the changes.
	Written bool         `json:"written"`
	Fixed   int          `json:"fixed" jsonschema:"how many findings are gone"`
	Files   []fixedFile  `json:"files"`
	LeftOut []fixRefused `json:"left_out" jsonschema:"findings that have no fix where one could be expected, and why"`
	Ready   bool         `json:"ready" jsonschema:"whether the program is ready with the changes"`
	Verdict string       `json:"verdict"`
}

type fixedFile struct {
	File string `json:"file"`
	Diff string `json:"diff"`
}

type fixRefused struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// fix fixes, or shows what that would change.
func (s *server) fix(ctx context.Context, _ *mcp.CallToolRequest, in fixInput) (*mcp.CallToolResult, fixOutput, error) {
	out := fixOutput{Files: []fixedFile{}, LeftOut: []fixRefused{}}
	l, o, err := s.options(ctx, in.place)
	if err != nil {
		return nil, out, told(err, l)
	}
	result, err := fix.Run(o, in.Unsafe)
	if err != nil {
		return nil, out, told(err, l)
	}
	var text bytes.Buffer
	for _, f := range result.Files {
		diff := edit.Diff(report.ValidPath(f.Path), f.Before, f.After)
		out.Files = append(out.Files, fixedFile{report.ValidPath(f.Path), diff})
		text.WriteString(diff)
	}
	for _, r := range result.Refused {
		out.LeftOut = append(out.LeftOut, fixRefused{report.ValidPath(r.Path), r.Line, r.Rule, r.Why.In(l)})
	}
	if s.Write && !in.DryRun {
		if _, failed := result.Write(s.absolute(o.Paths)...); len(failed) > 0 {
			return nil, out, told(failed[0], l)
		}
		out.Written = len(result.Files) > 0
	}
	out.Fixed, out.Ready, out.Verdict = result.Fixed, result.Check.Ready, report.Verdict(result.Check.Report, l)
	text.WriteString(out.Verdict + "\n")
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text.String()}}}, out, nil
}

// options are what one call asks for.
func (s *server) options(ctx context.Context, p place) (lang.Lang, check.Options, error) {
	o := s.Check
	l, err := s.language(p.Lang)
	if err != nil {
		return l, o, err
	}
	o.Paths, o.Now, o.Stop = p.Paths, s.Now(), ctx.Done()
	for _, name := range s.absolute(p.Paths) {
		real, err := boundary.Resolve(name)
		if err != nil {
			return l, o, lang.Errorf(lang.T("%s: %s", "%s：%s"), name, err)
		}
		top, err := boundary.Resolve(o.Dir)
		if err != nil {
			return l, o, lang.Errorf(lang.T("%s: %s", "%s：%s"), o.Dir, err)
		}
		if !boundary.Below(top, real) {
			return l, o, lang.Errorf(lang.T(
				"%s is outside %s, the folder in which the server was started, and is not read",
				"%s 位于服务启动的文件夹 %s 之外，不予检查"), name, o.Dir)
		}
	}
	return l, o, nil
}

// absolute are the absolute forms of paths.
func (s *server) absolute(paths []string) []string {
	if len(paths) == 0 {
		return []string{s.Check.Dir}
	}
	out := slices.Clone(paths)
	for i, p := range out {
		if !filepath.IsAbs(p) {
			out[i] = filepath.Join(s.Check.Dir, filepath.FromSlash(p))
		}
	}
	return out
}

// language is the one that a call asks for.
func (s *server) language(given string) (lang.Lang, error) {
	switch given {
	case "":
		return s.Lang, nil
	case "en":
		return lang.EN, nil
	case "zh":
		return lang.ZH, nil
	}
	return s.Lang, lang.Errorf(lang.T("unknown language %q; known are en and zh", "未知的语言 %q；可用 en、zh"), given)
}

// told is an error in a language.
func told(err error, l lang.Lang) error { return &saying{lang.Say(err, l), err} }

// saying is an error as it is told.
type saying struct {
	said string
	err  error
}

func (s *saying) Error() string { return s.said }
func (s *saying) Unwrap() error { return s.err }
