package main

import "golang.org/x/sys/windows"

// alive reports whether there is a process of that number that has not ended.
func alive(process int) bool {
	handle, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(process))
	if err != nil {
		return false
	}
	defer windows.CloseHandle(handle) //nolint:errcheck // only looked at
	event, err := windows.WaitForSingleObject(handle, 0)
	return err == nil && event == uint32(windows.WAIT_TIMEOUT)
}
