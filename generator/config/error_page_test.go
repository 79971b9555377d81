package config

import "testing"

func TestErrorURL(t *testing.T) {
	for text, want := range map[string]bool{
		"/error": true, "https://shop.example/error?from=auth": true, "${APP}/error": true, "https://${HOST}/error": true, "/${LANG}/error": true,
		"error": false, "not a url": false, "//evil.example": false, "ftp://shop.example": false, "https://": false, "javascript:alert(1)": false, "shop.example": false,
	} {
		_, diags := Load(FileName, []byte("onAPIError: {errorURL: '"+text+"'}"), nil)
		if got := diags.Err() == nil; got != want {
			t.Errorf("%s: %v", text, diags)
		}
	}
}
