/** Where the browser keeps what a person prefers; read by the store and, before it, by the script that sets the colours. */
export const PREFERENCES_KEY = "siji.preferences";
