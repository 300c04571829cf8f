package main

// Recording that a step in the console is done.

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/confirm"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/spelling"
)

// confirmFlags are what is recorded besides the step.
type confirmFlags struct {
	by, note, until, config, device string
	on                              string // the day; "" for today
}

func (s *session) confirmCommand() *cobra.Command {
	f := &confirmFlags{}
	c := &cobra.Command{
		Use:   "confirm STEP ...",
		Short: s.say("record that a console step is done", "记录某个后台步骤已完成"),
		Long: s.say(
			"Records in voipcheck.json who did a step in the console and when. The code does not show these steps: category, interface, minutes, privacy.",
			"在 voipcheck.json 里记录谁在什么时候完成了小程序后台的某个步骤。这些步骤在代码里看不出来：category（类目）、interface（接口）、minutes（时长）、privacy（隐私）。"),
		Annotations: map[string]string{"usage": s.say(
			"voipcheck confirm STEP ... [--by NAME] [--note TEXT] [--until DATE]\n  voipcheck confirm --from-device TEXT [--by NAME]",
			"voipcheck confirm 步骤 ... [--by 姓名] [--note 备注] [--until 日期]\n  voipcheck confirm --from-device 结果 [--by 姓名]")},
		Example: s.say("  voipcheck confirm category --note \"approved by WeChat\"", "  voipcheck confirm category --note \"类目审核已通过\"") + "\n  voipcheck confirm minutes --until 2027-11-22",
		ValidArgsFunction: func(_ *cobra.Command, named []string, typed string) ([]string, cobra.ShellCompDirective) {
			return words(s.stepWords(func(step checks.Step) bool {
				return slices.Contains(config.ConsoleSteps(), string(step)) && !slices.Contains(named, string(step))
			})...).complete(nil, nil, typed)
		},
		RunE: func(c *cobra.Command, steps []string) error {
			if c.Flags().Changed("from-device") {
				return s.confirmFromDevice(f, steps)
			}
			return s.confirm(f, steps)
		},
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.by, "by", "", s.say("`NAME` of the person who did it (default: user.name of git)", "完成者的`姓名`（默认取 git 的 user.name）"))
	flags.StringVar(&f.note, "note", "", s.say("`TEXT` of a note to keep with it", "一并记录的`备注`"))
	flags.StringVar(&f.until, "until", "", s.say("last `DATE` on which the confirmation is valid, such as 2027-11-22", "确认有效到这个`日期`为止，例如 2027-11-22"))
	flags.StringVar(&f.device, "from-device", "", s.say(
		"`TEXT` that the self-check page copied on a phone (voipcheck new selfcheck): confirms only the steps that it is evidence for",
		"自检页面（voipcheck new selfcheck）在手机上复制的`结果`：只确认它能证明的步骤"))
	flags.StringVarP(&f.config, "config", "c", "", s.say("configuration `FILE` to write to", "写入的配置`文件`"))
	return c
}

// confirmFromDevice records the steps that a phone's answers are evidence for; those that are named have to be among them.
func (s *session) confirmFromDevice(f *confirmFlags, named []string) error {
	device, err := confirm.ReadDevice(f.device)
	if err != nil {
		return usage(lang.T("--from-device: %s", "--from-device：%s"), err)
	}
	shown, err := device.Evidence(s.Now())
	if err != nil {
		return usage(lang.T("nothing was confirmed: %s", "没有确认任何步骤：%s"), err)
	}
	for _, step := range named {
		if !slices.Contains(shown, step) {
			return usage(lang.T("nothing was confirmed: the self-check is evidence only for %[2]s, not for %[1]s", "没有确认任何步骤：自检结果只能证明 %[2]s，不能证明 %[1]s"), step, lang.List(shown))
		}
	}
	if f.note == "" {
		f.note = device.Note()
	}
	// The phone's day is that of UTC, which may be ahead of the day here.
	f.on = min(device.On, s.Now().Format(time.DateOnly))
	return s.confirm(f, shown)
}

func (s *session) confirm(f *confirmFlags, steps []string) error {
	if len(steps) == 0 {
		return usage(lang.T("specify the step: %s", "请指定步骤：%s"), lang.List(config.ConsoleSteps()))
	}
	for _, step := range steps {
		if !slices.Contains(config.ConsoleSteps(), step) {
			if slices.Contains(stepNames(), step) {
				return usage(lang.T(
					"%q is decided by rules and cannot be confirmed; the console steps are %s",
					"%q 由规则判断，不能人工确认；后台步骤有 %s"), step, lang.List(config.ConsoleSteps()))
			}
			return usage(lang.T("there is no console step %q; %s", "没有名为 %q 的后台步骤；%s"), step, spelling.Suggest(step, config.ConsoleSteps()))
		}
	}
	entry, err := s.confirmation(f)
	if err != nil {
		return err
	}
	file, err := s.configFile(f.config)
	if err != nil {
		return err
	}
	shown := check.Shown(s.Dir, file)
	if err := boundary.Output(s.home(), file); err != nil {
		return broken(err) // what it holds would be shown where it is no configuration
	}
	text, err := s.confirmed(file, shown, steps, entry)
	if err != nil {
		return err
	}
	if err := writeInProject(file, text); err != nil {
		return err
	}
	for _, step := range steps {
		s.print(lang.T("%s is confirmed in %s", "已在 %[2]s 中确认 %[1]s"), step, shown)
	}
	return nil
}

// print tells on the standard output what was done.
func (s *session) print(t lang.Text, args ...any) {
	s.out.WriteString(printable(lang.F(t, args...).In(s.lang)) + "\n")
}

// confirmation is what is recorded.
func (s *session) confirmation(f *confirmFlags) (confirm.Entry, error) {
	e := confirm.Entry{By: strings.TrimSpace(f.by), On: s.Now().Format(time.DateOnly), Note: f.note, Until: f.until}
	if f.on != "" {
		e.On = f.on
	}
	if !lang.Readable(e.By) {
		e.By = confirm.GitUser(s.Dir)
	}
	if !lang.Readable(e.By) {
		return e, usage(lang.T("specify who did it with --by NAME (user.name of git is not set here)", "请用 --by 姓名 写明完成者（git 没有设置 user.name）"))
	}
	if f.until == "" {
		return e, nil
	}
	if _, err := config.ParseDate(f.until); err != nil {
		return e, usage(lang.T("--until: %s", "--until：%s"), err)
	}
	if f.until < e.On {
		return e, usage(lang.T("--until: %s is in the past", "--until：%s 早于今天"), f.until)
	}
	return e, nil
}

// configFile is the voipcheck.json that concerns the working directory, which need not exist yet.
func (s *session) configFile(given string) (string, error) {
	if given != "" {
		return s.absolute(given), nil
	}
	if file := config.Find(s.files(), s.Dir); file != "" {
		return file, nil
	}
	places, err := framework.Locate(s.files(), []string{"."}, reading.Options{})
	if err != nil {
		return "", err
	}
	if len(places) > 1 {
		return filepath.Join(s.Dir, config.Name), nil
	}
	root := filepath.FromSlash(places[0].Dir)
	if file := config.Find(s.files(), root); file != "" {
		return file, nil
	}
	if rel, err := filepath.Rel(s.Dir, root); err == nil && !strings.HasPrefix(rel, "..") {
		return filepath.Join(s.Dir, config.Name), nil
	}
	return filepath.Join(root, config.Name), nil
}

// confirmed is the configuration's text with the steps recorded.
func (s *session) confirmed(file, shown string, steps []string, entry confirm.Entry) ([]byte, error) {
	text, err := edit.Read(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text = []byte(confirm.New)
	case err != nil:
		return nil, broken(lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), shown, err))
	}
	return confirm.Record(text, shown, steps, entry)
}

// writeInProject writes a file of a repository, through no link that leads out of it.
func writeInProject(file string, text []byte) error {
	dir := boundary.Home(filepath.Dir(file))
	folder, err := edit.Within(dir)
	if err == nil {
		err = folder.Write(file, text)
	}
	if err != nil {
		return broken(err)
	}
	return nil
}
