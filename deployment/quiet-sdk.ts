/** Imported by what makes AWS clients: keeps the SDK's note on coming Node versions out of what a command prints. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
