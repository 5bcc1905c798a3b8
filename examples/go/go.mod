module support-line-go

go 1.26

require (
	github.com/pulumi/pulumi/sdk/v3 v3.276.0
	github.com/support-line/support-line/sdks/go/twilio v0.1.0
)

replace github.com/support-line/support-line/sdks/go/twilio => /tmp/twilio-go/twilio
