// Package native is the platform itself: mini-programs of .js or .ts with .wxml and .json, as developers.weixin.qq.com defines them.
// Frameworks fall back on it for components of the platform's own kind.
package native
