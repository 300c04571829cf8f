package flow

// The lifecycle functions of the frameworks, and how a component registers for them.

// frameworkLife are the lifecycle functions of the frameworks in the order in which the platform comes to run them;
// those that run once and before any handler are marked.
var frameworkLife = []struct {
	name string
	once bool
}{
	{"onLaunch", true}, {"useLaunch", true}, {"beforeCreate", true}, {"created", true}, {"constructor", true}, {"componentWillMount", true}, {"onBeforeMount", true}, {"beforeMount", true},
	{"attached", true}, {"onLoad", true}, {"useLoad", true}, {"onShow", false}, {"useDidShow", false}, {"componentDidShow", false}, {"pageLifetimes.show", false}, {"activated", false}, {"onActivated", false},
	{"componentDidMount", true}, {"useEffect", false}, {"useLayoutEffect", false}, {"mounted", true}, {"onMounted", true}, {"onReady", true}, {"useReady", true}, {"ready", true},
	{"onUpdated", false}, {"updated", false}, {"componentDidUpdate", false},
	{"onHide", false}, {"useDidHide", false}, {"componentDidHide", false}, {"onUnload", false}, {"useUnload", false}, {"componentWillUnmount", false},
	{"onUnmounted", false}, {"onBeforeUnmount", false}, {"beforeDestroy", false}, {"destroyed", false}, {"beforeUnmount", false}, {"unmounted", false}, {"detached", false},
	{"onPullDownRefresh", false}, {"usePullDownRefresh", false}, {"onReachBottom", false}, {"useReachBottom", false}, {"onPageScroll", false}, {"usePageScroll", false},
	{"onResize", false}, {"useResize", false}, {"onTabItemTap", false}, {"useTabItemTap", false}, {"onShareAppMessage", false}, {"useShareAppMessage", false},
	{"onShareTimeline", false}, {"useShareTimeline", false}, {"onAddToFavorites", false}, {"onError", false}, {"useError", false}, {"onPageNotFound", false},
	{"onUnhandledRejection", false}, {"onThemeChange", false}, {"onBackPress", false}, {"onNavigationBarButtonTap", false}, {"onInit", true}, {"onExit", false}, {"errorCaptured", false},
	{"beforeUpdate", false}, {"onBeforeUpdate", false}, {"onSaveExitState", false}, {"watchEffect", false}, {"serverPrefetch", false},
}

// lifeRank returns a lifecycle function's place in the order, and whether it runs once; ok is false for other names.
func lifeRank(name string) (rank int, once, ok bool) {
	for i, l := range frameworkLife {
		if l.name == name {
			return i, l.once, true
		}
	}
	return 0, false, false
}

// hook runs a lifecycle registration like onLoad(fn) or useDidShow(fn): made while a page's code is loaded, it belongs to that page.
func hook(name string) nativeFunc {
	return func(m *machine, _ value, args []value, _ *frame) value {
		f := m.known(arg(args, 0))
		if i := m.a.rendering; i != nil && m.serial == 0 && f.isFunction() {
			i.addLife(name, f, false)
		}
		return undefined
	}
}

func (i *instance) addLife(name string, f value, hook bool) {
	for _, l := range i.life {
		if l.name == name && l.f.obj.fn != nil && f.obj.fn != nil && l.f.obj.fn.node == f.obj.fn.node {
			return
		}
	}
	i.life = append(i.life, lifecycle{name: name, f: f, hook: hook})
}

// sourceValue is what the source of a watcher is at the time: a ref's value, what a getter returns, a list of these.
func (m *machine) sourceValue(source value) value {
	source = m.known(source)
	switch {
	case source.isFunction():
		return m.call(source, undefined, nil, nil)
	case source.kind == kObject && source.obj.class == cArray:
		var out []value
		for _, e := range source.obj.elems {
			out = append(out, m.sourceValue(e))
		}
		return m.array(out)
	}
	return m.unwrap(source)
}

// watcher is watch(source, callback), and with its first argument as callback watchEffect.
func watcher(at int) nativeFunc {
	return func(m *machine, _ value, args []value, _ *frame) value {
		if i := m.a.rendering; i != nil && m.serial == 0 {
			for _, a := range args[min(at, len(args)):] {
				if f := m.known(a); f.isFunction() {
					known := len(i.life)
					i.addLife("watch", f, true)
					if at > 0 && len(i.life) > known {
						i.life[known].source = arg(args, 0)
					}
					break
				}
			}
		}
		return m.unknown(nil)
	}
}
