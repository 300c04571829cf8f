package script

// Comments returns the comments of a text without parsing it: also of text that cannot be parsed.
func Comments(text []byte, d Dialect) []Comment { return lex(text, d).comments }
