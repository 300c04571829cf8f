const 变量 = { 属性: '值', "引号": 1, ünïcödé: 'ÿ', '𠮷': '𠮷野家' }
function 函数(参数, ...其余) { return 参数.属性 + 变量['引号'] + 变量.ünïcödé + 其余.length } // 注释 😀
var \u0061bc = 1, d\u{65}f = abc; obj.\u0066oo = 函数(变量, "😀😀", `模板${变量.属性}字符串 𠮷`).属性
const 表情 = '👨‍👩‍👧', π = 3.14, $ = _ => _, $$ = { π, 表情 }
label中文: for (const 键 in 变量) { if (键) continue label中文 }
