package react

import "github.com/voipcheck/voipcheck/internal/flow/platform"

// Life are the functions that React runs by itself.
var Life = []platform.Stage{
	{Name: "componentWillMount", Once: true}, {Name: "UNSAFE_componentWillMount", Once: true}, {Name: "componentDidMount", Once: true}, {Name: "useEffect"}, {Name: "useLayoutEffect"},
	{Name: "useInsertionEffect"}, {Name: "componentDidUpdate"}, {Name: "componentWillUnmount"}, {Name: "componentDidCatch"},
}
