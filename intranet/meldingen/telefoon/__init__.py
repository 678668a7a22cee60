"""Meldingen on phones and browsers that are not looked at: web push (RFC 8030, 8291, 8292). docs/adr/0013."""
