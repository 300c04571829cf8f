package report

// The pictures of the page, and under each the code of its steps.

import (
	"bytes"
	"fmt"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// htmlPicture is the way to one call.
type htmlPicture struct {
	ID, API, Place, Verdict, Said, Finding string
	SVG                                    svgPicture
	Narrow                                 *svgPicture // for small screens, where the other is too wide
	Steps                                  []htmlPictureStep
}

// htmlPictureStep is a step that is written somewhere, with its code.
type htmlPictureStep struct {
	ID, Class, Message, Place string
	Code                      []htmlLine
}

var htmlWords = map[string]lang.Text{
	"checklist": lang.T("Checklist", "检查清单"),
	"givenUp":   givenUpTitle,
	"weakened":  weakenedTitle,
	"colon":     lang.T(": ", "："),
	"pictures":  lang.T("The path to each call", "每个通话接口的调用路径"),
	"findings":  lang.T("Findings", "发现的问题"),
	"steps":     lang.T("The code of each step", "各步骤的代码"),
	"picture":   lang.T("Show the picture", "查看路径图"),
	"finding":   lang.T("Details and advice", "问题说明与改法"),
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

// pictures adds the pictures of each project; ids tell where on the page a finding is.
func (page *htmlReport) pictures(r *Report, ids map[string]string, l lang.Lang) {
	number := 0
	shownAt := map[string]string{}
	for i := range page.Projects {
		for k := range r.Pictures {
			p := &r.Pictures[k]
			if p.Project != r.Projects[i].Root {
				continue
			}
			number++
			shown := htmlPictureOf(p, fmt.Sprintf("call-%d", number), l)
			shown.Finding = ids[p.Finding]
			if shown.Finding != "" {
				shownAt[shown.Finding] = shown.ID
			} else if p.Verdict != PictureSound {
				shown.Said += " (" + silentWord.In(l) + ")"
			}
			page.Projects[i].Pictures = append(page.Projects[i].Pictures, shown)
		}
	}
	for i := range page.Findings {
		page.Findings[i].Picture = shownAt[page.Findings[i].ID]
	}
}

func htmlPictureOf(p *Picture, id string, l lang.Lang) htmlPicture {
	at := p.At.From()
	out := htmlPicture{
		ID: id, API: p.API, Verdict: string(p.Verdict), Said: pictureSayings[p.Verdict].In(l),
		Place: terminal.Visible(fmt.Sprintf("%s:%d:%d", ValidPath(p.At.File.Path), at.Line, at.Column)),
	}
	links := make([]string, len(p.Nodes))
	for i, n := range p.Nodes {
		if n.At.IsZero() {
			continue
		}
		step := htmlPictureStep{
			ID: fmt.Sprintf("%s-step-%d", id, len(out.Steps)+1), Message: terminal.Visible(n.Message.In(l)),
			Place: terminal.Visible(fmt.Sprintf("%s:%d", ValidPath(n.At.File.Path), n.At.From().Line)), Code: htmlCode(n.At),
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

// htmlCode is the code around a place.
func htmlCode(at source.Span) []htmlLine {
	if at.End-at.Start <= 1 {
		// A function's beginning: the line is what there is to see.
		line := at.File.Text[at.Start:]
		if end := bytes.IndexAny(line, "\r\n"); end >= 0 {
			line = line[:end]
		}
		if at.End = at.Start + len(line); len(line) == 0 {
			return nil
		}
	}
	var out []htmlLine
	for _, line := range frame(at, 160) {
		out = append(out, htmlLineOf(line))
	}
	return out
}
