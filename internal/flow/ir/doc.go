// Package ir is a program's code as a machine takes it: each function flat, its names resolved once.
//
// A [Func] is a list of instructions over registers. Short circuits, destructuring, optional chains, loops, switch,
// try/catch/finally, generators and await are jumps and plain instructions here, so that whoever executes a function needs no Go
// stack for it: the frame of a function that waits is a program counter and the values of its registers.
//
// What the package knows is JavaScript's grammar and order of evaluation. It knows no values, no platform and no framework, and
// nothing of what is being proved.
//
// # Variables
//
// A variable that only its own function uses is a register. One that a function within uses too, and each variable of a module's
// top level, is a slot of an environment: [PushEnv] makes an environment whose parent is the current one, [LoadEnv] and [StoreEnv]
// name it by how many environments up it is. A slot is uninitialised until [InitEnv].
//
// # Loops
//
// [LoopEnter], [LoopHead] and [LoopExit] bracket each loop, so that an execution knows at each place which turn of which loops it
// is in. Every path out of a loop within its function passes LoopExit, but for exceptions, whose handler says how many loops it
// stands in, and returns.
//
// # Finally
//
// A finally block stands once. It begins with two registers, the kind of completion and its value: 0 for normal, 1 for a
// throw, 2 for a return, 3 and more for a break or continue to one of the targets of its [EndFinally].
package ir
