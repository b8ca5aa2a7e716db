"""What the portal is built from: licences and known weaknesses of every library that is installed with it."""
