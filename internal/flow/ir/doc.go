// Package ir is a program's code as a machine takes it: each function flat, its names resolved once. [Lower] makes it of a syntax tree.
//
// A [Func] is a list of instructions over registers. Short circuits, destructuring, optional chains, loops, switch,
// try/catch/finally, generators and await are jumps and plain instructions here, so that whoever executes a function needs no Go
// stack for it: the frame of a function that waits is a program counter and the values of its registers.
//
// What the package knows is JavaScript's grammar and order of evaluation. It knows no values, no platform and no framework, and
// nothing of what is being proved.
//
// # Lowering
//
// A binder goes over the program first (bind.go, hoist.go): it finds the scopes, and tells of each variable whether a function inside
// uses it. Then each function is lowered in one pass (code.go, stmt.go, expr.go and so on), functions inside where they are made. Last,
// labels become places, what nothing leads to goes, and joins and liveness are computed (finish.go, live.go).
//
// # Layout
//
// Instructions stand in the order of the source, so that an instruction is reached from ones before it only, but for the jumps back to the
// [LoopHead] of a loop. A handler's code follows what it handles. Joins tells where several instructions lead, Live which registers count
// there; exceptions count, as any instruction of a handler's range may lead to it.
//
// # Variables
//
// A variable that only its own function uses is a register. One that a function within uses too, and each variable of a module's
// top level, is a slot of an environment: [PushEnv] makes an environment whose parent is the current one, [LoadEnv] and [StoreEnv]
// name it by how many environments up it is. A slot is uninitialised until [InitEnv]. A register that may be read before it is
// initialised is set by [Uninit] where its scope begins, and read after [CheckInit].
//
// What an exception leaves is not undone by instructions: where a handler's range enters environments, [SaveEnv] stands before it and
// [RestoreEnv] begins the handler.
//
// # Loops
//
// [LoopEnter], [LoopHead] and [LoopExit] bracket each loop, so that an execution knows at each place which turn of which loops it
// is in. Every path out of a loop within its function passes LoopExit, but for exceptions, whose handler says how many loops it
// stands in, and returns that leave the function.
//
// # Finally
//
// A finally block stands once. It begins with two registers, the kind of completion and its value: 0 for normal, 1 for a
// throw, 2 for a return, 3 and more for a break or continue to one of the targets of its [EndFinally].
//
// # Iterators
//
// What goes over an iterator, for-of and array patterns, has a handler that closes it; jumps out close it on their path, in code that is
// outside of the handler's range. [IterNext] that throws needs no closing: the iterator knows.
//
// # What is not JavaScript's
//
// The arguments object is never the parameters themselves, top-level variables are no properties of the global object, a private
// method is found through the prototype, and super() called twice does not throw. eval and with are [GiveUp].
package ir
