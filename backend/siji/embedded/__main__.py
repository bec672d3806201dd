from siji.embedded.cli import main

raise SystemExit(main())
