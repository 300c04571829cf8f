package checks

// What the error codes and messages mean that are seen on a phone.

import (
	"regexp"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// Guess is the evidence of what only follows from other facts, or from the wording. Rules do not rest on it; what is said of
// error codes may.
const Guess Evidence = "guess"

// ErrorCode is an error code of the platform, or a message without one.
type ErrorCode struct {
	// ID is the code as a number, or for messages without one the words by which they are known.
	ID string
	// Phrases are the words of its messages, in lower case.
	Phrases []string
	// From are the functions that answer with it.
	From []string
	// Meaning is what the platform says with it, and Evidence how sure that is.
	Meaning  lang.Text
	Evidence Evidence
	// Steps of the checklist lead to it when they are missing; Because says how, and how sure that is.
	Steps   []Step
	Because lang.Text
	// First is what to look at first.
	First   lang.Text
	Sources []Source
}

// ErrorCodes returns the codes in the order of the documentation. The slice is the caller's.
func ErrorCodes() []*ErrorCode { return append([]*ErrorCode(nil), errorCodes...) }

// Rules are the rules that tell of the code in what they say of the run time.
func (c *ErrorCode) Rules() []*Rule {
	var rules []*Rule
	for _, r := range registry {
		for _, named := range LookupErrorCodes(r.RunTime.EN) {
			if named == c {
				rules = append(rules, r)
			}
		}
	}
	return rules
}

var (
	// negative finds the numbers that can be codes of the two calls.
	negative = regexp.MustCompile(`(?:^|[^\w.])(-[0-9]+)\b`)
	// numbered finds the errno of other functions, which is no negative number: alone, or named as what it is.
	numbered = regexp.MustCompile(`(?i)^\s*([0-9]+)\s*$|\b(?:errno|errcode|code)["']?\s*[:=]?\s*(-?[0-9]+)\b`)
	// minus are the signs that texts have for a hyphen which somebody typed.
	minus = strings.NewReplacer("−", "-", "–", "-", "－", "-", "﹣", "-")
)

// LookupErrorCodes returns the codes in a text, be it a code or a whole message: those known by their words first, then those
// known by their number, in the order of the text.
func LookupErrorCodes(text string) []*ErrorCode {
	text = minus.Replace(text)
	var found []*ErrorCode
	add := func(c *ErrorCode) {
		for _, known := range found {
			if known == c {
				return
			}
		}
		found = append(found, c)
	}
	lower := strings.ToLower(text)
	for _, c := range errorCodes {
		for _, phrase := range c.Phrases {
			if strings.Contains(lower, phrase) {
				add(c)
			}
		}
	}
	var numbers []string
	for _, pattern := range []*regexp.Regexp{numbered, negative} {
		for _, m := range pattern.FindAllStringSubmatch(text, -1) {
			numbers = append(numbers, m[1:]...)
		}
	}
	for _, number := range numbers {
		for _, c := range errorCodes {
			if c.ID == number {
				add(c)
			}
		}
	}
	return found
}
