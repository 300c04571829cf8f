package script

// Statements.
type (
	// VarDecl is var, let or const (or using).
	VarDecl struct {
		Loc
		Kind  string
		Decls []*Declarator
	}
	// FuncDecl is a function declaration.
	FuncDecl struct {
		Loc
		Func *Func
	}
	// ClassDecl is a class declaration.
	ClassDecl struct {
		Loc
		Class *Class
	}
	// ExprStmt is an expression as a statement.
	ExprStmt struct {
		Loc
		X Expr
	}
	// Return is return x; X may be nil.
	Return struct {
		Loc
		X Expr
	}
	// If is if; Else may be nil.
	If struct {
		Loc
		Test Expr
		Then Stmt
		Else Stmt
	}
	// For is for(;;); each part may be nil. Init is VarDecl or ExprStmt.
	For struct {
		Loc
		Init Stmt
		Test Expr
		Post Expr
		Body Stmt
	}
	// ForIn is for (x in o) and, with Of, for (x of o). Target is a pattern; Decl is "" when it is assigned, not declared.
	ForIn struct {
		Loc
		Decl   string
		Target Expr
		X      Expr
		Body   Stmt
		Of     bool
		Await  bool
	}
	// While is while.
	While struct {
		Loc
		Test Expr
		Body Stmt
	}
	// DoWhile is do while.
	DoWhile struct {
		Loc
		Body Stmt
		Test Expr
	}
	// Break is break; Label may be "".
	Break struct {
		Loc
		Label string
	}
	// Continue is continue; Label may be "".
	Continue struct {
		Loc
		Label string
	}
	// Throw is throw.
	Throw struct {
		Loc
		X Expr
	}
	// Try is try; Param and Catch and Finally may be nil. Catch is nil exactly when there is no catch clause.
	Try struct {
		Loc
		Body    *Block
		Param   Expr
		Catch   *Block
		Finally *Block
	}
	// Switch is switch.
	Switch struct {
		Loc
		X     Expr
		Cases []*Case
	}
	// Block is { }. With tells that it is a with statement: its object as a statement, and what is inside.
	Block struct {
		Loc
		Body []Stmt
		With bool
	}
	// Labeled is label: statement.
	Labeled struct {
		Loc
		Label string
		Body  Stmt
	}
	// Empty is ; and debugger.
	Empty struct{ Loc }
	// Import is an import declaration. Names is empty for import 'x'. Type-only imports do not appear.
	Import struct {
		Loc
		From    string
		FromLoc Loc
		Names   []ImportName
	}
	// Export is an export declaration.
	//
	//	export default X         Default set (a Func or Class expression for declarations, with its Name)
	//	export const a = 1       Decl set
	//	export { a as b }        Names
	//	export { a as b } from   Names and From
	//	export * from, * as ns   Star (Names[0].Exported is ns, when given) and From
	Export struct {
		Loc
		Default Expr
		Decl    Stmt
		Names   []ExportName
		Star    bool
		From    string
		FromLoc Loc
	}
	// Declarator is one name = value of a VarDecl; Value may be nil.
	Declarator struct {
		Loc
		Target Expr
		Value  Expr
	}
	// Case is case x: or, with Test nil, default:.
	Case struct {
		Loc
		Test Expr
		Body []Stmt
	}
)

// ImportName binds Local to the export Imported ("default", "*" for the namespace, or a name).
type ImportName struct {
	Loc
	Imported, Local string
}

// ExportName exports Local (a name here, or in From) as Exported.
type ExportName struct {
	Loc
	Local, Exported string
}

func (*VarDecl) stmt()   {}
func (*FuncDecl) stmt()  {}
func (*ClassDecl) stmt() {}
func (*ExprStmt) stmt()  {}
func (*Return) stmt()    {}
func (*If) stmt()        {}
func (*For) stmt()       {}
func (*ForIn) stmt()     {}
func (*While) stmt()     {}
func (*DoWhile) stmt()   {}
func (*Break) stmt()     {}
func (*Continue) stmt()  {}
func (*Throw) stmt()     {}
func (*Try) stmt()       {}
func (*Switch) stmt()    {}
func (*Block) stmt()     {}
func (*Labeled) stmt()   {}
func (*Empty) stmt()     {}
func (*Import) stmt()    {}
func (*Export) stmt()    {}
