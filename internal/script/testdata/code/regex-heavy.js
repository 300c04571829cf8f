var marked = {
  newline: /^\n+/, code: /^( {4}[^\n]+\n*)+/, fences: /^ *(`{3,}|~{3,})[ \.]*(\S+)? *\n([\s\S]*?)\s*\1 *(?:\n|$)/,
  html: /^ *(?:comment *(?:\n|\s*$)|closed *(?:\n{2,}|\s*$))/, def: /^ *\[([^\]]+)\]: *<?([^\s>]+)>?(?: +["(]([^\n]+)[")])? *(?:\n+|$)/
};
function replace(regex, opt) { regex = regex.source; opt = opt || ''; return function self(name, val) { if (!name) return new RegExp(regex, opt); val = val.source || val; val = val.replace(/(^|[^\[])\^/g, '$1'); regex = regex.replace(name, val); return self } }
if (a) /b/.test(c); while (a) /d/g.exec(e); for (;false;) /f/.x
var x = a / b / c, y = (a) / b / c, z = [1] / 2 / 3, w = a++ / 2 / b-- / 4
var o = {} / 1, p = [] / 2, q = this / 3, r = null / 4, s = `t` / 5, t = 'u' / 6
return_ = x => { return /=/.test(x) }
var v = a ? /x/ : /y/, u = [/z/, /[/]/], n = !/a/.test(b), m = typeof /c/
var l = a.return / b / c, k = a.typeof / d / e
