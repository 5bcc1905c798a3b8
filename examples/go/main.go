// A support line in Go: Functions, a Flow, the address that customers write to, and a team.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/support-line/support-line/sdks/go/twilio/conversations"
	"github.com/support-line/support-line/sdks/go/twilio/serverless"
	"github.com/support-line/support-line/sdks/go/twilio/studio"
	"github.com/support-line/support-line/sdks/go/twilio/taskrouter"
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
		chats, err := conversations.NewService(ctx, "conversations", &conversations.ServiceArgs{
			FriendlyName: pulumi.String("Support"),
		})
		if err != nil {
			return err
		}
		address, err := conversations.NewAddressConfiguration(ctx, "address", &conversations.AddressConfigurationArgs{
			Type:    conversations.AddressConfigurationTypeSms,
			Address: pulumi.String("+15550100003"),
			AutoCreation: &conversations.AddressConfigurationAutoCreationArgs{
				Enabled:                pulumi.Bool(true),
				Type:                   conversations.AddressConfigurationAutoCreationTypeStudio,
				ConversationServiceSid: chats.Sid,
				StudioFlowSid:          flow.Sid,
			},
		})
		if err != nil {
			return err
		}
		team, err := taskrouter.NewWorkspace(ctx, "team", &taskrouter.WorkspaceArgs{
			FriendlyName: pulumi.String("Team in Go"),
		})
		if err != nil {
			return err
		}
		everyone, err := taskrouter.NewTaskQueue(ctx, "everyone", &taskrouter.TaskQueueArgs{
			WorkspaceSid:  team.Sid,
			FriendlyName:  pulumi.String("Everyone"),
			TargetWorkers: pulumi.String("1==1"),
		})
		if err != nil {
			return err
		}
		workflow, err := taskrouter.NewWorkflow(ctx, "support", &taskrouter.WorkflowArgs{
			WorkspaceSid: team.Sid,
			FriendlyName: pulumi.String("Support"),
			Configuration: &taskrouter.WorkflowConfigurationArgs{
				TaskRouting: &taskrouter.WorkflowConfigurationTaskRoutingArgs{
					DefaultFilter: &taskrouter.WorkflowConfigurationTaskRoutingDefaultFilterArgs{
						Queue: everyone.Sid,
					},
				},
			},
		})
		if err != nil {
			return err
		}
		ctx.Export("flow", flow.Sid)
		ctx.Export("address", address.Sid)
		ctx.Export("workflow", workflow.Sid)
		return nil
	})
}
