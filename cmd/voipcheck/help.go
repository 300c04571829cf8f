package main

// Help in both languages: cobra's own templates speak English only.

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/spelling"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

const helpWidth = 80

// help writes the help of a command to the output.
func (s *session) help(c *cobra.Command) {
	w := &helpWriter{session: s, colors: terminal.NewPalette(s.colored())}
	long := c.Long
	if long == "" {
		long = c.Short
	}
	w.prose(long)
	w.title("Usage:", "用法：")
	for line := range strings.SplitSeq(c.Annotations["usage"], "\n") {
		w.line("  " + line)
	}
	w.commands(c)
	w.groups(c.LocalNonPersistentFlags())
	global := c.InheritedFlags()
	if !c.HasParent() {
		global = c.PersistentFlags()
	}
	w.flags(s.say("Global flags:", "通用选项："), global)
	if c.Example != "" {
		w.title("Examples:", "示例：")
		w.line(c.Example)
	}
	if status := c.Annotations["status"]; status != "" {
		w.title("Exit status:", "退出码：")
		w.line(status)
	}
	fmt.Fprint(&s.out, w.text.String())
}

type helpWriter struct {
	*session
	colors terminal.Palette
	text   strings.Builder
}

func (w *helpWriter) line(text string) { w.text.WriteString(text + "\n") }

func (w *helpWriter) title(en, zh string) { w.line("\n" + w.colors.Strong.Sprint(w.say(en, zh))) }

func (w *helpWriter) prose(text string) {
	for _, l := range terminal.Wrap(text, helpWidth) {
		w.line(l)
	}
}

func (w *helpWriter) commands(c *cobra.Command) {
	var rows [][2]string
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			rows = append(rows, [2]string{sub.Name(), sub.Short})
		}
	}
	if len(rows) > 0 {
		w.title("Commands:", "命令：")
		w.table(rows)
	}
}

// groups writes flags under the titles of their groups.
func (w *helpWriter) groups(set *pflag.FlagSet) {
	var names []string
	groups := map[string]*pflag.FlagSet{}
	set.SortFlags = false
	set.VisitAll(func(f *pflag.Flag) {
		name := w.say("Flags", "选项")
		if of := f.Annotations[groupMark]; len(of) > 0 {
			name = of[0]
		}
		if groups[name] == nil {
			names = append(names, name)
			groups[name] = pflag.NewFlagSet(name, pflag.ContinueOnError)
		}
		groups[name].AddFlag(f)
	})
	for _, name := range names {
		w.flags(name+w.say(":", "："), groups[name])
	}
}

func (w *helpWriter) flags(title string, set *pflag.FlagSet) {
	var rows [][2]string
	set.SortFlags = false // in the order in which they were defined
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		head, text := flagHelp(f)
		rows = append(rows, [2]string{head, text})
	})
	if len(rows) > 0 {
		w.line("\n" + w.colors.Strong.Sprint(title))
		w.table(rows)
	}
}

// flagHelp is a flag as it is written, and what it does.
func flagHelp(f *pflag.Flag) (head, text string) {
	name, text := pflag.UnquoteUsage(f)
	if plain := strings.ToLower(name); !strings.Contains(name, "=") {
		text = strings.Replace(text, name, plain, 1)
	}
	head = "    --" + f.Name
	if f.Shorthand != "" {
		head = "-" + f.Shorthand + ", --" + f.Name
	}
	if f.NoOptDefVal == "" && name != "" {
		head += " " + name
	}
	return head, text
}

// table writes rows of a name and a text that is wrapped beside it.
func (w *helpWriter) table(rows [][2]string) {
	widest := 0
	for _, r := range rows {
		if n := terminal.Width(r[0]); n <= 26 {
			widest = max(widest, n)
		}
	}
	left := 2 + widest + 2
	for _, r := range rows {
		lines := terminal.Wrap(r[1], helpWidth-left)
		head := "  " + terminal.Pad(r[0], widest) + "  "
		if terminal.Width(r[0]) > widest {
			w.line("  " + r[0])
			head = strings.Repeat(" ", left)
		}
		for _, l := range lines {
			w.line(head + l)
			head = strings.Repeat(" ", left)
		}
	}
}

func (s *session) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:         "help [COMMAND]",
		Short:       s.say("print the help of a command", "显示某个命令的帮助"),
		Annotations: map[string]string{"usage": s.say("voipcheck help [COMMAND]", "voipcheck help [命令]")},
		ValidArgsFunction: func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			of, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var all []string
			for _, sub := range of.Commands() {
				if !sub.Hidden {
					all = append(all, sub.Name()+"\t"+sub.Short)
				}
			}
			return words(all...).complete(nil, nil, typed)
		},
		RunE: func(c *cobra.Command, args []string) error {
			of, rest, err := c.Root().Find(args)
			if err != nil || of == c.Root() && len(rest) > 0 || len(rest) > 0 {
				word := args[len(args)-1]
				return usage(lang.T("there is no command %q; %s", "没有名为 %q 的命令；%s"), word,
					spelling.Suggest(word, commandNames(c.Root())))
			}
			s.help(of)
			return nil
		},
	}
}
