// Package platform is what the WeChat platform does with a mini-program: which code it runs and when, and what its functions mean.
//
// What a function of wx means is one row of a table ([rows]): what its success shows to be granted, what it hands over, whether it
// may fail, whether it opens a page. Everything else derives from the row. A function without a row is a request that may succeed with
// anything or fail.
//
// [Facts] are what holds in a state, and what a finding says of it: the scopes that are granted, whether enabling has succeeded, how far
// each request has come and where it was made. They are the property that states are kept apart by.
//
// [Program] starts a project (loads its modules, registers its pages and components), lists its entry points and says what may
// happen to a state that has nothing left to run.
//
// How pages and components are made, and what the methods of their instances do, is JavaScript in prelude/, and so is what packages mean whose
// code is not there or says less plainly than they do what they are for ([models]). What JavaScript cannot say it asks for by intrinsics.
//
// What stands in a template behind conditions runs only where they hold ([place]). A component's property is what its users hand over; an
// observer runs in setData, or for what is handed over; an event runs one of the handlers that it comes to, with what holds where it is raised.
//
// The package decides nothing: which calls are right is for package verdict.
package platform
