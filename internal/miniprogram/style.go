package miniprogram

// Style is how a project is written: what its framework says of that to those who tell of the project or write into it.
type Style struct {
	// Called is the framework as people are told, with the version where that matters: "uni-app (Vue 2)". "" stands for its name.
	Called string
	// Page is the kind of reference page that suits the project (fixtures.Kind); "" where there is none.
	Page string
	// PagesIn and PermissionsIn are the JSON files in which pages and permissions are listed, from the folder of the sources; "" where the
	// configuration is code, or a block of another file. PermissionsBelow is the key of the object that holds "permission"; "" where that is the whole.
	PagesIn, PermissionsIn, PermissionsBelow string
	// PageObjects tells that a list of pages holds objects with a path.
	PageObjects bool
	// Conditional tells that these files have blocks for conditional compilation.
	Conditional bool
	// MarkupInCode tells that elements may be written in code (JSX), where nobody looks for what their attributes say.
	MarkupInCode bool
}
