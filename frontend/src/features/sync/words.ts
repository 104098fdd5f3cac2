/** What is read of the connection, and of a newer page. */

// ConnectionState
export const connecting = "Connecting…";
export const live = "Live";
export const delayed = "Live, with delay";
export const reconnecting = "Reconnecting…";
export const offline = "Offline";
export const connection = "Connection";
export const notConnected = "You are not connected. What you do is kept and sent later.";
export const connectedAgain = "You are connected again.";

// NewVersion
export const newVersion = "A new version of Taskora is ready.";
export const reload = "Reload";

// live
export const notFromTaskora = "The answer did not come from Taskora.";
