// Package oracle holds the checker against the execution of programs. It runs native mini-programs (the cases of the
// rules, and random ones) on a mock platform that answers every request in every way and order, and compares what
// happened with the checker's findings.
//
// The execution shares nothing with the analysis: no code, no tables. A test holds it to that. Reading is shared
// where it is not what is judged: the markup of templates.
//
// # What is recorded
//
// Each enabling (setEnable1v1Chat with enable: true) while the user has not granted both scopes, and each join
// (join1v1Chat) while enabling has not succeeded or has ended. Calls are known by the place where they are written,
// and by the calls of the program's own that led to it at once. An execution in DevTools breaks nothing; that an
// enabling is reached there is recorded by itself.
//
// # The model of time
//
// A program runs in tasks: a step of a page's life, an answer, a timer, something the user does. The jobs of promises
// run after each task, before the next one. What may come next is a choice:
//
//   - Steps of the lifecycle come in the platform's order (onLaunch, onLoad and onShow, onReady), and answers
//     may come between them.
//   - Outstanding requests are answered in any order, each with any of its outcomes. A request that was given a callback
//     returns no promise. Requests with one foreseeable answer (storage, toasts, navigation) are answered next, in their order.
//   - Timers fire in the order of their times, before or after any answer. An interval fires three times.
//   - The user acts only while no dialog of the platform is open: touches what the template binds and shows, goes back, follows
//     links and tabs, leaves and comes back, closes the program and starts it once more with the storage kept.
//
// Data of a template is rendered at once. What comes from outside (queries, servers, input) is made of what the program
// compares it with, and of being missing. Whether the user decided on a scope earlier is chosen when something first asks. Who refused is
// not asked again, except in the settings.
//
// # What is explored
//
// Every execution within the bounds: a number of acts, of steps, and of unusual choices (a refusal, an answer that overtakes
// another one, an act out of turn; that what failed fails again is not unusual). Each is run from the start by its list of
// choices; those with fewer unusual ones come first, so that a bound on their number cuts off the unlikely ones. What the documentation does not rule out but nobody
// sees (an authorization that fails after it was granted, a toast that fails) makes an execution doubtful: it can excuse an error of the checker's,
// and never proves its comfort false.
//
// # What is not
//
// Frameworks, packages that are not there, plugins, wxs, second elements of lists, and whatever needs more than the bounds.
package oracle
