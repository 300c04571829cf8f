const a = 1
let b = a
++b
var c = b
/1/g
const d = function () {}
`template`
let e = [1]
!function () {}()
if (a) b
else c
do b-- 
while (b > 0) c()
var async
async
function f() { return
  a }
label:
for (var i = 0; i < 3; i++) { if (i)
  continue label
  break
}
