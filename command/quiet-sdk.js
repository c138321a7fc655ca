// Keeps the SDK's seven lines on coming versions of Node out of what a command prints; it looks here when it makes its first client.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
