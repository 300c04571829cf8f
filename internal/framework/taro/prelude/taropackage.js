// The package @tarojs/taro.
module.exports = require('taro.js').taro;
