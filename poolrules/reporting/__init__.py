"""What people and machines read: findings, statements and trails as text, JSON and CSV."""
