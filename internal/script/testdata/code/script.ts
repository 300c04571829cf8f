/// <reference path="../../typings/index.d.ts" />
import type { Caller, Listener } from './types'
import { type Options, ask as askFor } from './permission'
import fs = require('fs')
export type Status = 'idle' | 'calling' | { kind: 'error'; code: number }
export interface Call<T extends Caller = Caller> extends Base<T>, Other { readonly caller: T; listener?: Listener; join(): Promise<void>; [key: string]: unknown; new (x: number): Call<T>; <U>(u: U): U }
declare const wx: WechatMiniprogram.Wx
declare function ambient(a: string): asserts a is 'x'
declare global { interface Window { voip: Call } }

export const Mode = { Voice: 0, Video: 'video' } as const
const Code = { Denied: -10, Busy: 5 }

export async function start(this: unknown, caller: Caller, listener?: Listener, ...rest: Array<Options>): Promise<Call | undefined> {
  const granted = await askFor<['scope.record', 'scope.camera']>(['scope.record', 'scope.camera'] as const)
  if (!(granted as boolean)) return undefined
  const options = <Options>rest[0]!, code: number = Code.Denied
  let value = (wx as any).join1v1Chat!({ caller, listener: listener!, roomType: options?.mode ?? 'video' }) satisfies unknown
  for (const key of Object.keys(options) as (keyof Options)[]) value = options[key]
  return value as unknown as Call
}

function overload(a: string): void
function overload(a: number, b?: string): void
function overload(a: any, b = 'x' as string) { fs.readFileSync(a, b); return a < b }

const generic = <T,>(x: T): T => x, other = async <T extends object, U = T[]>(x: T, y?: U): Promise<[T, U?]> => [x, y]
export const map: Map<string, Array<Record<string, () => void>>> = new Map<string, Array<Record<string, () => void>>>()
export default { start, overload, generic, other: other<object>, compare: generic < 1, shift: 8 >> 1 >>> 0 }
type Mapped<T> = { readonly [K in keyof T as `get${Capitalize<K & string>}`]?: T[K] extends infer U ? (U extends (...args: any[]) => infer R ? R : never) : never }
let unused!: typeof import('./types'), tuple: [first: string, second?: number, ...rest: boolean[]] = ['a']
try { overload(1) } catch (e: unknown) { if (e instanceof Error && (e as Error & { code: number }).code === Code.Busy) throw e }
