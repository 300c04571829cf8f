const a = require('./a')
Page({
  data: { text: `first
second ${a.b}
third`, url: 'https://example.com//path' },
  onLoad: function () {
    /* multi
       line */ this.call("x", 'y') // end
  }
})
