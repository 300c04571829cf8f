const App = () => <div className="app" title='He said "hi"'>
  text with 'quotes' and {/* comment */} {value /* inner */} // not a comment
  <Foo.Bar.Baz a={1} b={"two"} c={`three`} {...props} d="line one
line two" />
  {cond ? <A /> : <B>{' '}</B>}<></>
  {list.map(x => (<Li key={x.id} on-click={() => f(x)}>{x.name}</Li>))}
  &nbsp;&copy; don't
</div>
export default function render() { return cond && <App render={() => { return <p>nested</p> }} /> }
function compare(a, b) { return a < b && b > a }
