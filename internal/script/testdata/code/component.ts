import { Component, Prop, Vue, Watch, Inject } from 'vue-property-decorator'
import Service, { ServiceOptions } from '@/service'

@Component<CallPage>({
  components: { Avatar: () => import('./avatar.vue') },
  filters: { upper: (s: string) => s.toUpperCase() },
})
export default class CallPage extends Vue implements OnLoad {
  @Prop({ type: String, required: true }) readonly openid!: string
  @Prop() private nickname?: string
  @Inject('service') service: Service | null = null
  protected list: string[] = []
  static readonly scopes = ['scope.record', 'scope.camera'] as const
  declare hidden: boolean
  private timer?: ReturnType<typeof setTimeout>

  constructor(private readonly api: Api, public options: ServiceOptions = {}, plain?: number) { super(); this.timer = undefined }

  get ready(): boolean { return !!this.service?.ready }
  set ready(v) { this.$emit('ready', v) }

  @Watch('openid', { immediate: true })
  onOpenid(value: string, @Arg() old?: string): void { this.list.push(value, old as string) }

  abstract?: never
  public async onLoad<T = unknown>(query: Record<string, T>): Promise<void> {
    await Promise.all(CallPage.scopes.map((scope) => this.api.authorize({ scope })))
    this.list = [...this.list, ...Object.values(query).map(String)]
  }
}
export abstract class Base<T> { abstract run(): T; protected constructor(protected x: T) {} static make<U>(this: new (u: U) => Base<U>, u: U) { return new this(u) } }
