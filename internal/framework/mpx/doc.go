// Package mpx is mpx: .mpx files, with what is for WeChat alone. Source: mpxjs.cn.
package mpx
