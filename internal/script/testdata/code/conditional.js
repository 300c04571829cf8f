// #ifdef MP-WEIXIN
import { setEnable } from '@/utils/voip.js'
// #endif
export default {
  name: 'call',
  components: { 'call-button': () => import('@/components/call-button.vue') },
  props: { sn: { type: String, default: '' }, mode: { type: [String, Number], default: () => 'video', validator: v => ['video', 'voice'].includes(v) } },
  data() { return { list: [], page: 1, loading: !1 } },
  computed: { total() { return this.list.reduce((a, b) => a + b.count, 0) }, full: { get() { return this.total > 10 }, set(v) { this.$emit('update:full', v) } } },
  watch: { 'page.current': { handler(n, o) { n !== o && this.load() }, immediate: true } },
  async onLoad(query) { const [err, res] = await uni.authorize({ scope: 'scope.record' }); if (err) return; this.load(res) },
  onPullDownRefresh() { this.page = 1; this.load().finally(() => uni.stopPullDownRefresh()) },
  methods: {
    async load() {
      // #ifndef H5
      await setEnable(true)
      // #endif
      this.list = [...this.list, ...(await this.$http.get(`/calls?page=${this.page++}&sn=${encodeURIComponent(this.sn)}`)).data]
    },
    ['on' + 'Tap']: function (e) { return e.detail.value ? this.call(e) : null },
  },
}
