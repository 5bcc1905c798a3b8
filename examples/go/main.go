// A support line in Go: Functions and a Flow.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/support-line/support-line/sdks/go/twilio/serverless"
	"github.com/support-line/support-line/sdks/go/twilio/studio"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		functions, err := serverless.NewService(ctx, "functions", &serverless.ServiceArgs{
			UniqueName:   pulumi.String("support-line-go"),
			FriendlyName: pulumi.String("Support line"),
		})
		if err != nil {
			return err
		}
		live, err := serverless.NewEnvironment(ctx, "live", &serverless.EnvironmentArgs{
			ServiceSid: functions.Sid,
			UniqueName: pulumi.String("live"),
		})
		if err != nil {
			return err
		}
		addAgent, err := serverless.NewFunction(ctx, "add-agent", &serverless.FunctionArgs{
			ServiceSid:   functions.Sid,
			FriendlyName: pulumi.String("add-agent"),
			Path:         pulumi.String("/add-agent"),
			Visibility:   serverless.FunctionVisibilityProtected,
			Content:      pulumi.NewStringAsset("exports.handler = (context, event, done) => done(null, {});"),
		})
		if err != nil {
			return err
		}
		build, err := serverless.NewBuild(ctx, "build", &serverless.BuildArgs{
			ServiceSid:       functions.Sid,
			FunctionVersions: pulumi.StringArray{addAgent.VersionSid},
		})
		if err != nil {
			return err
		}
		if _, err := serverless.NewDeployment(ctx, "deployment", &serverless.DeploymentArgs{
			ServiceSid:     functions.Sid,
			EnvironmentSid: live.Sid,
			BuildSid:       build.Sid,
		}); err != nil {
			return err
		}
		flow, err := studio.NewFlow(ctx, "support", &studio.FlowArgs{
			FriendlyName: pulumi.String("Support"),
			Status:       studio.FlowStatusPublished,
			Definition: pulumi.Map{
				"description":   pulumi.String("Support"),
				"initial_state": pulumi.String("Trigger"),
				"flags":         pulumi.Map{"allow_concurrent_calls": pulumi.Bool(true)},
				"states": pulumi.Array{pulumi.Map{
					"name":        pulumi.String("Trigger"),
					"type":        pulumi.String("trigger"),
					"properties":  pulumi.Map{"offset": pulumi.Map{"x": pulumi.Int(0), "y": pulumi.Int(0)}},
					"transitions": pulumi.Array{pulumi.Map{"event": pulumi.String("incomingMessage")}},
				}},
			},
		})
		if err != nil {
			return err
		}
		ctx.Export("flow", flow.Sid)
		return nil
	})
}
