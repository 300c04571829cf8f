package config

// The JSON schema of the configuration, made from the rules and steps. The copy in the
// repository is what editors load; a test tells when it is stale.

import (
	_ "embed" // for the published schema
	"sort"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// SchemaURL is where the schema is published.
const SchemaURL = "https://raw.githubusercontent.com/voipcheck/voipcheck/main/internal/config/voipcheck.schema.json"

// PublishedSchema is the schema as the repository holds it.
//
//go:embed voipcheck.schema.json
var PublishedSchema []byte

// schema is the part of JSON Schema that the configuration needs.
type schema struct {
	Schema      string             `json:"$schema,omitempty"`
	ID          string             `json:"$id,omitempty"`
	Title       string             `json:"title,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        string             `json:"type,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	MinLength   int                `json:"minLength,omitempty"`
	MinItems    int                `json:"minItems,omitempty"`
	Minimum     float64            `json:"minimum,omitempty"`
	Maximum     float64            `json:"maximum,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Additional  *bool              `json:"additionalProperties,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	OneOf       []*schema          `json:"oneOf,omitempty"`
}

// Schema makes the schema.
func Schema() any {
	text := func(about string) *schema {
		return &schema{Type: "string", Description: about, Pattern: `\S`}
	}
	return &schema{
		Schema: "https://json-schema.org/draft/2020-12/schema",
		ID:     SchemaURL,
		Title:  "voipcheck.json",
		Type:   "object", Additional: new(bool),
		Properties: map[string]*schema{
			"$schema":   text("where this schema is"),
			"root":      text("the mini-program's folder, relative to this file, when discovery should not decide"),
			"rules":     ruleSchema(),
			"ignore":    ignoreSchema(),
			"grants":    {Type: "array", Description: "functions whose success implies both authorizations, where the flow cannot be followed", Items: &schema{Type: "string", Pattern: `\S#.*\S`}},
			"enables":   {Type: "array", Description: "functions whose success implies that enabling succeeded, where the flow cannot be followed", Items: &schema{Type: "string", Pattern: `\S#.*\S`}},
			"limits":    limitsSchema(),
			"confirmed": confirmedSchema(),
		},
	}
}

func ruleSchema() *schema {
	rules := &schema{Type: "object", Description: "severities that differ from the default", Additional: new(bool), Properties: map[string]*schema{}}
	for _, r := range checks.Rules() {
		rules.Properties[r.ID] = &schema{
			Enum:        Severities,
			Description: r.Title.In(lang.EN) + " / " + r.Title.In(lang.ZH) + " (" + report.SeverityName(r.Severity) + ")",
		}
	}
	return rules
}

func ignoreSchema() *schema {
	glob := &schema{Type: "string", Pattern: `^\s*[^\s!]`}
	ids := ruleIDs()
	sort.Strings(ids)
	return &schema{
		Type:        "array",
		Description: "globs of files that are no part of the program, or rules that are silent in some files",
		Items: &schema{OneOf: []*schema{glob, {
			Type: "object", Additional: new(bool), Required: []string{"files", "rules"},
			Properties: map[string]*schema{
				"files": {OneOf: []*schema{glob, {Type: "array", MinItems: 1, Items: glob}}},
				"rules": {Type: "array", MinItems: 1, Items: &schema{Enum: ids}},
			},
		}}},
	}
}

func confirmedSchema() *schema {
	date := func(about string) *schema {
		return &schema{Type: "string", Description: about, Pattern: `^\d{4}-\d{2}-\d{2}$`}
	}
	confirmed := &schema{Type: "object", Description: "console steps that the team confirmed", Additional: new(bool), Properties: map[string]*schema{}}
	for _, s := range checks.Steps() {
		if !s.Console {
			continue
		}
		confirmed.Properties[string(s.Step)] = &schema{
			Type: "object", Description: s.Title.In(lang.EN) + " / " + s.Title.In(lang.ZH),
			Additional: new(bool), Required: []string{"by", "on"},
			Properties: map[string]*schema{
				"by": {Type: "string", Pattern: `\p{L}`}, "on": date("when it was confirmed"),
				"note": {Type: "string"}, "until": date("the last day on which it holds"),
			},
		}
	}
	return confirmed
}
