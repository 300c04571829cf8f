package source

// CharacterAt is the place of the character at a byte offset, or of the end of the text.
func CharacterAt(file *File, offset int) Span {
	end := min(offset+1, len(file.Text))
	for end < len(file.Text) && file.Text[end]&0xC0 == 0x80 {
		end++
	}
	return Span{File: file, Start: min(offset, len(file.Text)), End: end}
}
