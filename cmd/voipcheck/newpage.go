package main

// Writing the reference call page, or the self-check page, into a project.

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/callpage"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/spelling"
)

func (s *session) newCommand() *cobra.Command {
	c := &cobra.Command{
		Use:         "new page [DIR]",
		Short:       s.say("write the reference call page, or a self-check page, into a project", "在项目里生成参考通话页面或自检页面"),
		Annotations: map[string]string{"usage": s.say("voipcheck new page [DIR]\n  voipcheck new selfcheck [DIR]", "voipcheck new page [文件夹]\n  voipcheck new selfcheck [文件夹]")},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(lang.T("specify what to create: voipcheck new page or voipcheck new selfcheck", "请指定要新建的内容：voipcheck new page 或 voipcheck new selfcheck"))
			}
			return usage(lang.T("%q cannot be created; %s", "不能新建 %q；%s"), args[0], spelling.Suggest(args[0], commandNames(c)))
		},
	}
	c.AddCommand(s.newPageCommand(newCall), s.newPageCommand(newSelfCheck))
	return c
}

// newPage is a command that writes a page.
type newPage struct {
	callpage.Content
	name, folder         string
	short, long, remains lang.Text
	example              string
}

var newCall = &newPage{
	Content: callpage.Call, name: "page", folder: "pages/call",
	short: lang.T("write the reference call page and register it", "生成参考通话页面并注册"),
	long: lang.T(
		"Writes a call page that passes every rule, adds it to the pages of the app configuration, and declares both permissions. The page is written for the framework of the project: native, uni-app, Taro (React, Vue 2 or Vue 3), mpx or wepy 2, in TypeScript or JavaScript (JavaScript only for Vue 2 and wepy). DIR is the folder of the page (default: pages/call) or of the project. Existing files are overwritten only with --force.",
		"生成一个满足所有规则的通话页面，加入应用配置的页面列表，并声明两项权限。页面按项目使用的框架生成：原生、uni-app、Taro（React、Vue 2 或 Vue 3）、mpx、wepy 2，使用 TypeScript 或 JavaScript（Vue 2 和 wepy 只有 JavaScript）。[文件夹] 是页面所在的文件夹（默认 pages/call），也可以写项目文件夹。已有文件只在加上 --force 时覆盖。"),
	remains: lang.T(
		"The page %s is registered. Four steps remain in the console; see voipcheck explain category, interface, minutes, privacy.",
		"页面 %s 已注册。还有四个步骤要在小程序后台完成，用 voipcheck explain 查看 category、interface、minutes、privacy。"),
	example: "  voipcheck new page\n  voipcheck new page pages/video --lang-ts",
}

var newSelfCheck = &newPage{
	Content: callpage.SelfCheck, name: "selfcheck", folder: "pages/selfcheck",
	short: lang.T("write a self-check page to open on a phone", "生成真机自检页面"),
	long: lang.T(
		"Writes a page for the team that shows on a phone what no code can: the base library, WeChat's own permissions, both scopes, whether the privacy agreement declares them, and the answer of setEnable1v1Chat, each with what it shows and what it does not. Its result can be copied and passed to voipcheck confirm --from-device. The page is written and registered like that of voipcheck new page (default: pages/selfcheck). Leave it out of releases.",
		"生成供团队使用的自检页面，在真机上显示代码里看不出的情况：基础库、微信自身的系统权限、两项授权、隐私保护指引是否已声明，以及 setEnable1v1Chat 的返回，并逐项说明能证明什么、不能证明什么。结果可以复制，交给 voipcheck confirm --from-device。生成和注册方式与 voipcheck new page 相同，默认放在 pages/selfcheck。请勿随正式版发布。"),
	remains: lang.T(
		"The page %s is registered. Open it on a phone. Leave it out of releases: remove it from the list of pages, and add its folder to packOptions.ignore in project.config.json.",
		"页面 %s 已注册。请在真机上打开；发布前请从页面列表中删除，并在 project.config.json 的 packOptions.ignore 里排除它的文件夹。"),
	example: "  voipcheck new selfcheck\n  voipcheck confirm --from-device \"voipcheck/1 …\"",
}

func (s *session) newPageCommand(n *newPage) *cobra.Command {
	var typescript, force bool
	var configuration string
	c := &cobra.Command{
		Use:         n.name + " [DIR]",
		Short:       n.short.In(s.lang),
		Long:        n.long.In(s.lang),
		Annotations: map[string]string{"usage": "voipcheck new " + n.name + s.say(" [DIR] [--lang-ts] [--force]", " [文件夹] [--lang-ts] [--force]")},
		Example:     n.example,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(lang.T("specify one folder", "请只写一个文件夹"))
			}
			r := callpage.Request{Force: force, Content: n.Content}
			if c.Flags().Changed("lang-ts") {
				r.TypeScript = &typescript
			}
			return s.newPage(n, r, configuration, strings.Join(args, ""))
		},
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.BoolVar(&typescript, "lang-ts", false, s.say("use TypeScript; --lang-ts=false uses JavaScript (default: what the project uses)", "使用 TypeScript；--lang-ts=false 使用 JavaScript（默认与项目一致）"))
	flags.BoolVar(&force, "force", false, s.say("replace existing files", "覆盖已有文件"))
	flags.StringVarP(&configuration, "config", "c", "", s.say("use a configuration `FILE` instead of looking for voipcheck.json", "指定配置`文件`，不再自动查找 voipcheck.json"))
	return c
}

func (s *session) newPage(n *newPage, r callpage.Request, configuration, dir string) error {
	if err := boundary.Output(s.home(), s.absolute(dir)); err != nil {
		return broken(err)
	}
	project, err := s.projectFor(dir, configuration)
	if err != nil {
		return err
	}
	if len(project.Unreadable) > 0 {
		u := project.Unreadable[0]
		return broken(lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), u.Path, u.Err))
	}
	if !project.Config.Readable || project.Config.File == nil {
		return usage(lang.T(
			"the app configuration of %s is missing or broken; fix it first (voipcheck shows where)",
			"%s 的应用配置缺失或有误，请先修复（执行 voipcheck 查看位置）"), project.Root)
	}
	r.Project = project
	r.Root = filepath.Dir(s.absolute(filepath.FromSlash(project.Config.File.Name)))
	if r.Page, err = s.pageFolder(n.folder, r.Root, s.absolute(filepath.FromSlash(project.Root)), dir); err != nil {
		return err
	}
	plan, err := callpage.Make(r)
	var exists *callpage.Exists
	if errors.As(err, &exists) {
		for i, name := range exists.Files {
			exists.Files[i] = s.shown(r.Root, name)
		}
		return usage(lang.T(
			"nothing was written because these files exist: %s (--force replaces them)",
			"以下文件已存在，没有写入任何内容：%s（--force 可覆盖）"), lang.List(exists.Files))
	}
	if err != nil {
		return err
	}
	if err := plan.Write(); err != nil {
		return broken(err)
	}
	for _, c := range append(append([]callpage.Change(nil), plan.Page...), plan.Config...) {
		said := lang.T("changed  %s", "修改  %s")
		if c.New {
			said = lang.T("created  %s", "新建  %s")
		}
		s.print(said, s.shown(r.Root, c.File))
	}
	s.print(n.remains, plan.Path)
	return nil
}

// shown is how messages call a file of a project.
func (s *session) shown(root, file string) string {
	return check.Shown(s.Dir, filepath.Join(root, filepath.FromSlash(file)))
}

// projectFor finds the one project that a page folder, which need not exist, lies in.
func (s *session) projectFor(dir, configuration string) (*miniprogram.Project, error) {
	start := s.absolute(dir)
	for {
		if info, err := os.Stat(start); err == nil && info.IsDir() {
			break
		}
		up := filepath.Dir(start)
		if up == start {
			break
		}
		start = up
	}
	options := check.Options{Dir: s.Dir, Paths: []string{start}, FS: s.files(), Config: configuration, Now: s.Now()}
	projects, err := check.Projects(options)
	if len(projects) > 1 && start != s.Dir {
		// A folder above several: the one that the user stands in is meant.
		options.Paths = []string{s.Dir}
		projects, err = check.Projects(options)
	}
	if err != nil {
		return nil, err
	}
	if len(projects) > 1 {
		var roots []string
		for _, p := range projects {
			roots = append(roots, report.ValidPath(p.Root))
		}
		return nil, usage(lang.T(
			"there are several mini-programs; specify the folder of the page in one of them: %s",
			"这里有多个小程序，请写明页面所在的文件夹：%s"), lang.List(roots))
	}
	return projects[0], nil
}

// pageFolder is the page's folder within the mini-program: what dir names when it lies there, the
// usual one when dir is the project itself, else dir as seen from the mini-program's root.
func (s *session) pageFolder(usual, root, project, dir string) (string, error) {
	named := s.absolute(dir)
	resolved := func(p string) string {
		if r, err := filepath.EvalSymlinks(p); err == nil {
			return r
		}
		return p
	}
	switch rel, err := filepath.Rel(root, named); {
	case dir == "", resolved(named) == resolved(root), resolved(named) == resolved(project):
		return usual, nil
	case err == nil && inside(rel):
		return filepath.ToSlash(rel), nil
	}
	if rel, err := filepath.Rel(named, root); err == nil && inside(rel) {
		return usual, nil
	}
	if page := path.Clean(filepath.ToSlash(dir)); !filepath.IsAbs(dir) && inside(page) {
		return page, nil
	}
	return "", usage(lang.T("%s is outside the mini-program %s", "%s 不在小程序 %s 里"), dir, check.Shown(s.Dir, root))
}

// inside tells that a relative path does not lead upwards.
func inside(rel string) bool {
	return rel != "." && rel != ".." && !strings.HasPrefix(filepath.ToSlash(rel), "../")
}
