import React, { useState, useEffect } from 'react';
import Taro, { useDidShow, useLoad } from '@tarojs/taro';
import { View, Button, Text } from '@tarojs/components';
import './index.scss';
const Item = ({ value }) => React.createElement(Text, { className: "item" }, String(value));
export const Call = ({ openid, onJoin = () => { }, children }) => {
    const [enabled, setEnabled] = useState(false);
    const [list, setList] = useState([]);
    useDidShow(async () => {
        const { authSetting } = await Taro.getSetting();
        if (!authSetting['scope.record'])
            await Taro.authorize({ scope: 'scope.record' });
        setEnabled(true);
    });
    useLoad(({ sn }) => setList(old => [...old, sn]));
    useEffect(() => { const t = setInterval(() => { }, 1000); return () => clearInterval(t); }, [enabled]);
    if (!enabled)
        return React.createElement(View, null, "Don't call \"yet\" & wait // really");
    return (React.createElement(View, { className: `call ${enabled ? 'on' : "off"}`, "data-openid": openid, id: 'x' },
        list.length > 0 && list.map((item, i) => React.createElement(Item, { key: i, value: item })),
        React.createElement(React.Fragment, null,
            React.createElement(Button, { type: 'primary', disabled: true, onClick: () => Taro.join1v1Chat({ caller: { openid, nickname: 'a' }, listener: { openid: list[0], nickname: 'b' } }) },
                "Call ",
                list.length,
                " ",
                list.length < 2 ? React.createElement("b", null, "one") : React.createElement("i", null, "many"),
                " \u4EBA"),
            React.createElement(View.Item, { "a:b": "c", style: { color: 'red', width: 10 }, render: (x) => React.createElement(Text, null, x) })),
        children));
};
export default React.memo(Call);
