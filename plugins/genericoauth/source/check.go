package genericoauth

import (
	"errors"
	"fmt"
	"regexp"
)

// providerID is what may stand in the path /callback/{providerId} as it is.
var providerID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// entraTenant is a tenant of Microsoft Entra ID. The names for several tenants belong to the built-in
// provider microsoft, which checks the issuer of each.
var entraTenant = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// Check reports what cannot work, whatever the provider answers.
func (o ProviderOptions) Check() error {
	full := o.withPreset()
	switch method := o.TokenEndpointAuth.Method; {
	case !providerID.MatchString(full.ProviderID):
		return fmt.Errorf("providerId is %q, want letters, digits, - and _", full.ProviderID)
	case o.ClientID == "":
		return errors.New("clientId is not set")
	case o.Preset == "auth0" && o.Domain == "":
		return errors.New("preset auth0 needs domain")
	case (o.Preset == "keycloak" || o.Preset == "okta") && o.Issuer == "":
		return fmt.Errorf("preset %s needs issuer", o.Preset)
	case full.DiscoveryURL == "" && full.AuthorizationURL == "":
		return errors.New("neither discoveryUrl nor authorizationUrl is set")
	case full.RequireIDTokenVerification && full.DiscoveryURL == "":
		return errors.New("requireIdTokenVerification needs discoveryUrl: it says where the keys are")
	case o.ClientSecret != "" && (method == "private_key_jwt" || method == "none"):
		return fmt.Errorf("tokenEndpointAuth.method %s does not go with clientSecret", method)
	case o.ClientSecret == "" && (method == "client_secret_post" || method == "client_secret_basic"):
		return fmt.Errorf("tokenEndpointAuth.method %s needs clientSecret", method)
	case o.ClientSecret == "" && method == "" && o.Authentication == "basic":
		return errors.New("authentication basic needs clientSecret")
	}
	return nil
}

// CheckTenant reports a tenant of preset microsoftEntraId that is none.
func (o ProviderOptions) CheckTenant() error {
	if o.Preset == "microsoftEntraId" && !entraTenant.MatchString(o.TenantID) {
		return errors.New("preset microsoftEntraId needs the GUID of a tenant as tenantId; for common, organizations and consumers there is the built-in provider microsoft")
	}
	return nil
}

// check also looks at what only the server knows: the environment and the application's functions.
func (s *setup) check() error {
	if err := errors.Join(s.options.Check(), s.options.CheckTenant()); err != nil {
		return err
	}
	method := s.options.TokenEndpointAuth.Method
	switch assertion := s.funcs.ClientAssertion != nil; {
	case method == "private_key_jwt" && !assertion:
		return errors.New("tokenEndpointAuth.method private_key_jwt needs ProviderFuncs.ClientAssertion")
	case method != "" && method != "private_key_jwt" && assertion:
		return fmt.Errorf("tokenEndpointAuth.method %s does not go with ProviderFuncs.ClientAssertion", method)
	case s.options.DiscoveryURL == "" && s.options.TokenURL == "" && s.funcs.GetToken == nil:
		return errors.New("neither discoveryUrl nor tokenUrl nor ProviderFuncs.GetToken is set")
	}
	return nil
}
