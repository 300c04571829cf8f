import React, { useState, useEffect, type FC } from 'react'
import Taro, { useDidShow, useLoad } from '@tarojs/taro'
import { View, Button, Text } from '@tarojs/components'
import './index.scss'

interface Props<T = string> { openid: T; onJoin?: (id: T) => void; children?: React.ReactNode }

const Item = <T,>({ value }: { value: T }) => <Text className="item">{String(value)}</Text>

export const Call: FC<Props> = ({ openid, onJoin = () => {}, children }) => {
  const [enabled, setEnabled] = useState<boolean>(false)
  const [list, setList] = useState([] as string[])

  useDidShow(async () => {
    const { authSetting } = await Taro.getSetting()
    if (!authSetting['scope.record']) await Taro.authorize({ scope: 'scope.record' })
    setEnabled(true)
  })
  useLoad(({ sn }) => setList(old => [...old, sn]))
  useEffect(() => { const t = setInterval(() => {}, 1000); return () => clearInterval(t) }, [enabled])

  if (!enabled) return <View>Don't call "yet" &amp; wait // really</View>
  return (
    <View className={`call ${enabled ? 'on' : "off"}`} data-openid={openid} {...{ id: 'x' }}>
      {/* a comment { with braces */}
      {list.length > 0 && list.map((item, i) => <Item key={i} value={item} />)}
      <>
        <Button type='primary' disabled onClick={() => Taro.join1v1Chat({ caller: { openid, nickname: 'a' }, listener: { openid: list[0], nickname: 'b' } })}>
          Call {list.length} {list.length < 2 ? <b>one</b> : <i>many</i>} 人
        </Button>
        <View.Item a:b="c" style={{ color: 'red', width: 10 }} render={(x: number) => <Text>{x}</Text>} />
      </>
      {children}
    </View>
  )
}
export default React.memo<Props>(Call)
