/** Imported before the AWS SDK: keeps its note on coming Node versions out of what a command prints. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
