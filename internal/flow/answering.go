package flow

import "strings"

// Which functions of the platform return their answer, and which a promise.

// answering are the functions whose names do not tell that they return their answers (the return types of
// miniprogram-api-typings 5.2; uni-app's and Taro's documentation).
var answering = map[string]bool{
	"getWindowInfo": true, "getSystemSetting": true, "getAppAuthorizeSetting": true, "getMenuButtonBoundingClientRect": true,
	"getApiCategory": true, "getNFCAdapter": true, "getPerformance": true, "getXrFrameSystem": true, "isVKSupport": true,
	"checkIsPictureInPictureActive": true, "arrayBufferToBase64": true, "base64ToArrayBuffer": true, "requestIdleCallback": true,
	"cancelIdleCallback": true, "revokeBufferURL": true,
	"getLocale": true, "setLocale": true, "upx2px": true, "rpx2px": true, "addInterceptor": true, "removeInterceptor": true,
	"getEnv": true, "pxTransform": true, "getCurrentInstance": true,
}

// answersNow tells of a function that is not in the table whether it returns its answer instead of a promise.
func answersNow(name string) bool {
	if answering[name] {
		return true
	}
	for _, prefix := range []string{"on", "off", "create", "report"} {
		rest, ok := strings.CutPrefix(name, prefix)
		if ok && rest != "" && rest[0] >= 'A' && rest[0] <= 'Z' {
			return true
		}
	}
	return strings.HasSuffix(name, "Sync") || strings.HasSuffix(name, "Manager")
}
