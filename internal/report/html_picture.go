package report

// The pictures of the page, and under each the code of its steps.

import (
	"fmt"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// htmlPicture is the path to one call.
type htmlPicture struct {
	ID, API, Verdict, Said string
	Place                  htmlPlace
	SVG                    svgPicture
	Narrow                 *svgPicture // for small screens, where the other is too wide
	Steps                  []htmlPictureStep
}

// htmlPictureStep is a step that is written somewhere, with its code.
type htmlPictureStep struct {
	ID, Class, Message string
	Place              htmlPlace
	Code               []htmlLine
}

var htmlWords = map[string]lang.Text{
	"checklist": lang.T("Checklist", "检查清单"),
	"givenUp":   givenUpTitle,
	"weakened":  weakenedTitle,
	"colon":     lang.T(": ", "："),
	"pictures":  lang.T("The path to each call", "每个通话接口的调用路径"),
	"findings":  lang.T("Findings", "发现的问题"),
	"steps":     lang.T("The code of each step", "各步骤的代码"),
	"show":      lang.T("Show", "显示"),
	"group":     lang.T("Group by", "分组"),
	"severity":  lang.T("severity", "级别"),
	"file":      lang.T("file", "文件"),
	"step":      lang.T("step", "步骤"),
	"open":      lang.T("Open in the editor", "在编辑器中打开"),
	"place":     lang.T("Click to select, then copy", "点击选中后即可复制"),
	"console":   lang.T("Steps in the console cannot be seen in the code.", "小程序后台的步骤在代码里看不出来。"),
	"confirm": lang.T(
		"When a step is done, record it. The confirmation is kept in voipcheck.json with the name and the date, and can expire (--until):",
		"完成一个步骤后请记录下来。确认会连同姓名和日期保存在 voipcheck.json 里，可以用 --until 设置有效期："),
	"legend": lang.T(
		"Highlighted: the path that was followed. Dashed: steps that are missing. ✗ marks where it goes wrong, ? where it could not be followed. Every box links to its code.",
		"高亮：实际走到的路径；虚线：缺少的步骤；✗ 标出出错的位置，? 标出无法跟踪的位置。点击方框可查看对应代码。"),
}

var pictureSayings = map[PictureVerdict]lang.Text{
	PictureSound:     lang.T("runs only after everything that it needs has succeeded", "只在所需的步骤都成功之后才执行"),
	PictureWrong:     lang.T("can run too early, on this path", "可能过早执行，路径如下"),
	PictureUnknown:   lang.T("could not be followed to the end", "无法完整跟踪"),
	PictureUnreached: lang.T("never runs", "不会执行"),
}

var undrawnWord = lang.T("%d more calls are not shown", "另有 %d 处调用没有画出")

var silentWord = lang.T("has no finding of its own: another one explains it, or it is suppressed, off or in the baseline", "没有单独列为问题：已由其他问题说明，或被忽略、关闭、记入基线")

// pictures adds each picture to the card of its finding, or to its project where it has none; ids tell where on the page a finding is.
func (page *htmlReport) pictures(r *Report, ids map[string]string, o Options) {
	cards := map[string]*htmlFinding{}
	for i := range page.Findings {
		cards[page.Findings[i].ID] = &page.Findings[i]
	}
	number := 0
	for i := range page.Projects {
		for k := range r.Pictures {
			p := &r.Pictures[k]
			if p.Project != r.Projects[i].Root {
				continue
			}
			number++
			page.Legend = true
			shown := htmlPictureOf(p, fmt.Sprintf("call-%d", number), o)
			card := cards[ids[p.Finding]]
			if card != nil && card.Picture == nil {
				card.Picture = &shown
				continue
			}
			if card == nil && p.Verdict != PictureSound {
				shown.Said += " (" + silentWord.In(o.Lang) + ")"
			}
			page.Projects[i].Pictures = append(page.Projects[i].Pictures, shown)
		}
	}
}

func htmlPictureOf(p *Picture, id string, o Options) htmlPicture {
	l := o.Lang
	out := htmlPicture{
		ID: id, API: p.API, Verdict: string(p.Verdict), Said: pictureSayings[p.Verdict].In(l),
		Place: htmlPlaceOf(pathOf(p.At), p.At, p.At.From(), true, o),
	}
	var paths []string
	for _, n := range p.Nodes {
		if !n.At.IsZero() {
			paths = append(paths, pathOf(n.At))
		}
	}
	short := shortPaths(paths)
	links := make([]string, len(p.Nodes))
	for i, n := range p.Nodes {
		if n.At.IsZero() {
			continue
		}
		step := htmlPictureStep{
			ID: fmt.Sprintf("%s-step-%d", id, len(out.Steps)+1), Message: terminal.Visible(n.Message.In(l)),
			Place: shortPlace(n.At, short, o), Code: htmlCode(n.At),
		}
		if n.Wrong {
			step.Class = "wrong"
		}
		links[i] = step.ID
		out.Steps = append(out.Steps, step)
	}
	out.SVG = layout(p, links, l)
	if narrow := stack(p, links, l); narrow.Width < out.SVG.Width {
		out.Narrow = &narrow
	}
	return out
}
