"""A support line in Python: Functions, a Flow and the address that customers write to."""

import pulumi
import pulumi_twilio as twilio

functions = twilio.serverless.Service("functions", unique_name="support-line-py", friendly_name="Support line")
live = twilio.serverless.Environment("live", service_sid=functions.sid, unique_name="live")
agent = twilio.serverless.Variable(
    "agent", service_sid=functions.sid, environment_sid=live.sid, key="AGENT", value="+15550100101"
)
add_agent = twilio.serverless.Function(
    "add-agent",
    service_sid=functions.sid,
    friendly_name="add-agent",
    path="/add-agent",
    visibility=twilio.serverless.FunctionVisibility.PROTECTED,
    content=pulumi.StringAsset("exports.handler = (context, event, done) => done(null, { added: context.AGENT });"),
)
build = twilio.serverless.Build("build", service_sid=functions.sid, function_versions=[add_agent.version_sid])
deployment = twilio.serverless.Deployment(
    "deployment", service_sid=functions.sid, environment_sid=live.sid, build_sid=build.sid
)
flow = twilio.studio.Flow(
    "support",
    friendly_name="Support",
    status=twilio.studio.FlowStatus.PUBLISHED,
    definition={
        "description": "Support",
        "initial_state": "Trigger",
        "flags": {"allow_concurrent_calls": True},
        "states": [
            {
                "name": "Trigger",
                "type": "trigger",
                "properties": {"offset": {"x": 0, "y": 0}},
                "transitions": [
                    {"event": event}
                    for event in ["incomingMessage", "incomingCall", "incomingRequest"]
                ]
                + [{"event": "incomingConversationMessage", "next": "add"}],
            },
            {
                "name": "add",
                "type": "run-function",
                "properties": {
                    "offset": {"x": 0, "y": 200},
                    "service_sid": functions.sid,
                    "environment_sid": live.sid,
                    "function_sid": add_agent.sid,
                    "url": live.domain_name.apply(lambda domain: f"https://{domain}/add-agent"),
                },
                "transitions": [{"event": "success"}, {"event": "fail"}],
            },
        ],
    },
    opts=pulumi.ResourceOptions(depends_on=[deployment]),
)
conversations = twilio.conversations.Service("conversations", friendly_name="Support")
address = twilio.conversations.AddressConfiguration(
    "address",
    type=twilio.conversations.AddressConfigurationType.SMS,
    address="+15550100001",
    auto_creation={
        "enabled": True,
        "type": twilio.conversations.AddressConfigurationAutoCreationType.STUDIO,
        "conversation_service_sid": conversations.sid,
        "studio_flow_sid": flow.sid,
    },
)
workspace = twilio.taskrouter.Workspace("team", friendly_name="Team")
queue = twilio.taskrouter.TaskQueue("everyone", workspace_sid=workspace.sid, friendly_name="Everyone", target_workers="1==1")
workflow = twilio.taskrouter.Workflow(
    "support",
    workspace_sid=workspace.sid,
    friendly_name="Support",
    configuration={"task_routing": {"default_filter": {"queue": queue.sid}}},
)
pulumi.export("domain", live.domain_name)
pulumi.export("flow", flow.sid)
pulumi.export("address", address.sid)
pulumi.export("workflow", workflow.sid)
